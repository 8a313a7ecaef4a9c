import { ErrorState, messageOf, Skeleton, useHearth } from '@hearth/widgets';
import { BackLink } from '../../shared/back-link';
import { Choice } from '../../shared/choice';
import { type Channel, type Preferences, useChangePreferences, usePreferences } from './api';
import { PushSwitch } from './push-switch';
import { QuietHours } from './quiet-hours';
import { Unconfirmed } from './unconfirmed';

const CHANNELS: readonly { key: Channel; label: string }[] = [
  { key: 'in_app', label: 'Here' },
  { key: 'email', label: 'Mail' },
  { key: 'push', label: 'Push' },
];

const DIGESTS = [
  { value: 'off', label: 'One mail each' },
  { value: 'daily', label: 'Daily' },
  { value: 'weekly', label: 'Weekly' },
] as const;

const SUMMARIES = [
  { value: 'weekly', label: 'On Mondays' },
  { value: 'off', label: 'Never' },
] as const;

export function PreferencesPage() {
  const preferences = usePreferences();
  return (
    <main className="column column--alone" id="main">
      <BackLink to="/notifications">Notifications</BackLink>
      <h1 className="page-title">What to tell you, and how</h1>
      {preferences.isPending ? <Skeleton lines={8} label="Loading your preferences" /> : null}
      {preferences.isError ? (
        <ErrorState message={messageOf(preferences.error)} onRetry={() => void preferences.refetch()} />
      ) : null}
      {preferences.data ? <Form preferences={preferences.data} /> : null}
    </main>
  );
}

function Form({ preferences }: { preferences: Preferences }) {
  const { notify } = useHearth();
  const change = useChangePreferences();
  const save = (part: Partial<Preferences>) =>
    change.mutate({ ...preferences, ...part }, { onError: (error) => notify(messageOf(error), 'error') });
  const digest = DIGESTS.find((one) => one.value === preferences.digest)?.value ?? 'off';
  return (
    <>
      <section className="h-card">
        <h2 className="card-title">Each kind</h2>
        <Kinds preferences={preferences} onChange={(types) => save({ types })} />
      </section>
      <PushSwitch />
      <section className="h-card">
        <h2 className="card-title">Mails</h2>
        <Unconfirmed />
        <Choice
          label="How often to mail"
          options={DIGESTS}
          value={digest}
          onChange={(value) => save({ digest: value })}
        />
      </section>
      <section className="h-card">
        <h2 className="card-title">How your skills did</h2>
        <p className="h-muted">A mail after each week in which somebody did something with them.</p>
        <Choice
          label="When to mail how your skills did"
          options={SUMMARIES}
          value={preferences.skill_summary === 'off' ? 'off' : 'weekly'}
          onChange={(value) => save({ skill_summary: value })}
        />
      </section>
      <QuietHours hours={preferences.quiet_hours} onChange={(quiet_hours) => save({ quiet_hours })} />
    </>
  );
}

interface KindsProps {
  preferences: Preferences;
  onChange: (types: Preferences['types']) => void;
}

function Kinds({ preferences: { types }, onChange }: KindsProps) {
  return (
    <table className="kinds">
      <thead>
        <tr>
          <th scope="col">
            <span className="h-visually-hidden">Kind</span>
          </th>
          {CHANNELS.map(({ key, label }) => (
            <th key={key} scope="col">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {Object.entries(types).map(([type, channels]) => (
          <tr key={type}>
            <th scope="row">{inWords(type)}</th>
            {CHANNELS.map(({ key, label }) => (
              <td key={key}>
                <input
                  type="checkbox"
                  aria-label={`${inWords(type)}: ${label}`}
                  checked={channels[key]}
                  onChange={(event) => onChange({ ...types, [type]: { ...channels, [key]: event.target.checked } })}
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const KINDS: Record<string, string> = {
  post_liked: 'Likes of your posts',
  post_commented: 'Comments on your posts',
  comment_liked: 'Likes of your comments',
  comment_replied: 'Replies to your comments',
  post_mentioned: 'You are named in a post',
  comment_mentioned: 'You are named in a comment',
  group_update: 'News of your groups',
  like_received: 'Likes of your skills',
  comment_received: 'Comments on your skills',
  comment_reply: 'Replies in skills',
  mention_received: 'You are named in a skill',
  rating_received: 'Ratings of your skills',
  download_milestone: 'Milestones of your skills',
  new_follower: 'New followers',
  task_voted: 'Votes on your tasks',
  badge_earned: 'Badges',
  moderation_notice: "Moderators' decisions",
};

/** A kind for people; one from a later server by its name. */
function inWords(type: string): string {
  const known = KINDS[type];
  if (known) return known;
  const words = type.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

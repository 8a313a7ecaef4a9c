import { ErrorState, messageOf, Skeleton, useHearth } from '@hearth/widgets';
import { BackLink } from '../../shared/back-link';
import { Choice } from '../../shared/choice';
import { AUDIENCES, type Audience, useChangePrivacy, useFullExport, useMyProfile } from './api';
import { Decisions } from './decisions';
import { Leave } from './leave';

const WORDS: Record<Audience, string> = { public: 'Everybody', followers: 'Followers', private: 'Nobody' };
const OPTIONS = AUDIENCES.map((value) => ({ value, label: WORDS[value] }));

/** Who sees what, everything held on one, and the way out. */
export function PrivacyPage() {
  return (
    <main className="column column--alone" id="main">
      <BackLink to="/profile">Profile</BackLink>
      <h1 className="page-title">Privacy</h1>
      <Audiences />
      <YourData />
      <Decisions />
      <Leave />
    </main>
  );
}

function Audiences() {
  const { notify } = useHearth();
  const profile = useMyProfile();
  const change = useChangePrivacy();
  if (profile.isPending) return <Skeleton lines={3} label="Loading who sees what" />;
  if (profile.isError) return <ErrorState message={messageOf(profile.error)} onRetry={() => void profile.refetch()} />;
  const { privacy } = profile.data;
  const save = (body: { profile?: Audience; activity?: Audience }) =>
    change.mutate(body, {
      onSuccess: () => notify('Saved.'),
      onError: (error) => notify(messageOf(error), 'error'),
    });
  return (
    <section className="h-card stack" aria-labelledby="audiences">
      <h2 id="audiences" className="card-title">
        Who sees what
      </h2>
      <p className="setting">
        <span>Your profile</span>
        <Choice
          label="Who sees your profile"
          options={OPTIONS}
          value={privacy.profile as Audience}
          onChange={(value) => save({ profile: value })}
        />
      </p>
      <p className="setting">
        <span>What you do</span>
        <Choice
          label="Who sees what you do"
          options={OPTIONS}
          value={privacy.activity as Audience}
          onChange={(value) => save({ activity: value })}
        />
      </p>
    </section>
  );
}

function YourData() {
  const { notify } = useHearth();
  const load = useFullExport();
  return (
    <section className="h-card stack" aria-labelledby="your-data">
      <h2 id="your-data" className="card-title">
        Your data
      </h2>
      <p className="h-muted">
        Everything that is held on you: files that a program can read, and the media you uploaded.
      </p>
      <div>
        <button
          type="button"
          className="h-button"
          disabled={load.isPending}
          onClick={() => load.mutate(undefined, { onError: (error) => notify(messageOf(error), 'error') })}
        >
          {load.isPending ? 'Collecting…' : 'Download everything'}
        </button>
      </div>
    </section>
  );
}

import { useNavigate } from '@tanstack/react-router';
import { BackLink } from '../../shared/back-link';
import { useSession } from '../auth/use-session';
import { useSaveSkill } from './api';
import { SkillForm } from './skill-form';
import { SkillRead } from './skill-page';

export function NewSkillPage() {
  const navigate = useNavigate();
  const share = useSaveSkill(null);
  return (
    <main className="column column--alone" id="main">
      <BackLink to="/discover">Discover</BackLink>
      <h1 className="page-title">Share a skill</h1>
      <SkillForm
        action="Share it"
        onSave={async (skill) => {
          const { id } = await share.mutateAsync(skill);
          await navigate({ to: '/discover/$id', params: { id } });
        }}
      />
    </main>
  );
}

export function EditSkillPage({ id }: { id: string }) {
  const { user } = useSession();
  const navigate = useNavigate();
  const save = useSaveSkill(id);
  return (
    <SkillRead id={id}>
      {(skill) => (
        <main className="column column--alone" id="main">
          <BackLink to="/discover">Discover</BackLink>
          <h1 className="page-title">Edit “{skill.title}”</h1>
          {skill.author.id === user?.id ? (
            <SkillForm
              skill={skill}
              action="Save"
              onSave={async (changed) => {
                await save.mutateAsync(changed);
                await navigate({ to: '/discover/$id', params: { id } });
              }}
            />
          ) : (
            <p>Only its author can change it.</p>
          )}
        </main>
      )}
    </SkillRead>
  );
}

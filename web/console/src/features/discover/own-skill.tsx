import { messageOf, type Skill, useHearth } from '@hearth/widgets';
import { Link, useNavigate } from '@tanstack/react-router';
import { useDeleteSkill } from './api';
import { DeleteButton } from './delete-button';

/** What its author alone can do with a skill. */
export function OwnSkill({ skill }: { skill: Skill }) {
  const { notify } = useHearth();
  const navigate = useNavigate();
  const remove = useDeleteSkill(skill.id);
  return (
    <div className="skill__own">
      <Link to="/discover/$id/edit" params={{ id: skill.id }} className="h-button h-button--quiet h-button--sm">
        Edit
      </Link>
      <DeleteButton
        what="skill"
        disabled={remove.isPending}
        onDelete={() =>
          remove.mutate(undefined, {
            onSuccess: () => void navigate({ to: '/discover' }),
            onError: (error) => notify(messageOf(error), 'error'),
          })
        }
      />
    </div>
  );
}

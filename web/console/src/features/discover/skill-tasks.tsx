import {
  ErrorState,
  Icon,
  messageOf,
  PersonName,
  Skeleton,
  type Skill,
  type SkillTask,
  useHearth,
} from '@hearth/widgets';
import { ShowMore } from '../../shared/show-more';
import { useSession } from '../auth/use-session';
import { ReportButton } from '../report/report-button';
import { DeleteButton } from './delete-button';
import { mayDelete } from './may-delete';
import { ProposeTask } from './propose-task';
import { useChangeTasks, useTasks } from './talk-api';

/** What others add to a skill's days, those with most votes first. */
export function SkillTasks({ skill }: { skill: Skill }) {
  const found = useTasks(skill.id);
  const tasks = found.data?.pages.flatMap((page) => page.results);
  return (
    <section className="h-card" aria-labelledby="tasks">
      <h2 id="tasks" className="card-title">
        Tasks from the community
      </h2>
      {found.isPending ? <Skeleton label="Loading tasks" /> : null}
      {found.isError ? <ErrorState message={messageOf(found.error)} onRetry={() => void found.refetch()} /> : null}
      {tasks?.length === 0 ? <p className="h-muted">Nobody has added one. What would you do besides?</p> : null}
      <ul className="tasks">
        {tasks?.map((task) => (
          <Task key={task.id} task={task} skill={skill} />
        ))}
      </ul>
      <ShowMore list={found} className="h-link">
        Show more tasks
      </ShowMore>
      <ProposeTask skill={skill} />
    </section>
  );
}

function Task({ task, skill }: { task: SkillTask; skill: Skill }) {
  const { notify } = useHearth();
  const { user } = useSession();
  const { remove } = useChangeTasks(skill.id);
  return (
    <li className="task">
      <Votes task={task} />
      <div className="task__what">
        <span className="task__title">{task.title}</span>
        {task.description === '' ? null : <p className="task__text">{task.description}</p>}
        <span className="h-muted">
          Day {task.day} · <PersonName user={task.author} />
        </span>
        {task.author.id === user?.id ? null : <ReportButton kind="task" id={task.id} />}
      </div>
      {mayDelete(user, task.author.id, skill.author.id) ? (
        <DeleteButton
          what="task"
          disabled={remove.isPending}
          onDelete={() => remove.mutate(task.id, { onError: (error) => notify(messageOf(error), 'error') })}
        />
      ) : null}
    </li>
  );
}

/** For, against, or neither: pressing once more takes a vote back. */
function Votes({ task }: { task: SkillTask }) {
  const { notify } = useHearth();
  const { vote } = useChangeTasks(task.skill);
  const set = (value: number) =>
    vote.mutate(
      { id: task.id, value: task.my_vote === value ? 0 : value },
      { onError: (error) => notify(messageOf(error), 'error') },
    );
  return (
    <div className="votes" role="group" aria-label={`Votes for ${task.title}`}>
      <button
        type="button"
        className="h-icon-button"
        aria-pressed={task.my_vote === 1}
        aria-label="Vote for it"
        disabled={vote.isPending}
        onClick={() => set(1)}
      >
        <Icon name="up" />
      </button>
      <output aria-label="Votes">{task.votes}</output>
      <button
        type="button"
        className="h-icon-button"
        aria-pressed={task.my_vote === -1}
        aria-label="Vote against it"
        disabled={vote.isPending}
        onClick={() => set(-1)}
      >
        <Icon name="down" />
      </button>
    </div>
  );
}

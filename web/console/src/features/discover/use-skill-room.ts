import { patchSkill, type RoomNews, skillKey, useHearth } from '@hearth/widgets';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { commentsKey, reviewsKey, tasksKey } from './talk-api';

/** What many do in a moment is read again once. */
const PAUSE = 300;

/** Keeps what is shown of a skill as it is: its figures come with the news, what people wrote is read again. */
export function useSkillRoom(id: string, enabled: boolean): void {
  const { hearth } = useHearth();
  const queries = useQueryClient();
  useEffect(() => {
    if (!enabled) return;
    const due = new Map<string, readonly string[]>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const readAgain = () => {
      timer = undefined;
      for (const [name, queryKey] of due) {
        // A page that is on its way would be given up for it.
        if (queries.isFetching({ queryKey }) > 0) continue;
        due.delete(name);
        void queries.invalidateQueries({ queryKey });
      }
      if (due.size > 0) timer = setTimeout(readAgain, PAUSE);
    };
    const leave = hearth.rooms.hold(id, (news) => {
      if ('likes' in news) {
        const { likes, downloads, views, comment_count, rating } = news;
        patchSkill(queries, id, { likes, downloads, views, comment_count, rating });
      }
      for (const key of stale(id, news)) due.set(key[0] ?? '', key);
      if (due.size > 0) timer ??= setTimeout(readAgain, PAUSE);
    });
    return () => {
      clearTimeout(timer);
      leave();
    };
  }, [hearth, queries, id, enabled]);
}

/** What else is to be read again. */
function stale(id: string, { type }: RoomNews): readonly string[][] {
  switch (type) {
    case 'commented':
    case 'comment_edited':
    case 'comment_removed':
      return [commentsKey(id)];
    case 'task_added':
    case 'task_voted':
    case 'task_removed':
      return [tasksKey(id)];
    case 'rated':
      return [reviewsKey(id)];
    case 'viewed':
    case 'liked':
    case 'unliked':
    case 'downloaded':
      return [];
    default:
      return [skillKey(id), commentsKey(id), tasksKey(id), reviewsKey(id)];
  }
}

import type { SkillDay } from '@hearth/widgets';

/** A day as it is written: its tasks are lines. */
export interface DraftDay {
  /** Its own as long as the form is open, whatever its number becomes. */
  key: number;
  day: number;
  title: string;
  tasks: string;
}

export function draftsOf(days: readonly SkillDay[]): DraftDay[] {
  return days.map(({ day, title, tasks }, key) => ({ key, day, title, tasks: tasks.join('\n') }));
}

/** One more, on the day after the last. */
export function withNext(days: readonly DraftDay[]): DraftDay[] {
  const key = Math.max(-1, ...days.map((one) => one.key)) + 1;
  const day = Math.max(0, ...days.map((one) => one.day)) + 1;
  return [...days, { key, day, title: '', tasks: '' }];
}

/** As they are sent; a day on which nothing is written is none. */
export function daysOf(drafts: readonly DraftDay[]): SkillDay[] {
  return drafts
    .map(({ day, title, tasks }) => ({ day, title: title.trim(), tasks: listOf(tasks, '\n') }))
    .filter(({ title, tasks }) => title !== '' || tasks.length > 0);
}

/** What stands between the marks, without blanks and without doubles. */
export function listOf(text: string, mark: string): string[] {
  return [...new Set(text.split(mark).map((one) => one.trim()))].filter((one) => one !== '');
}

import type { Skill } from '@hearth/widgets';

export interface PlanFile {
  name: string;
  text: string;
}

/** A skill as a text with boxes to tick. */
export function planOf(skill: Pick<Skill, 'title' | 'description' | 'author' | 'days'>): PlanFile {
  const days = skill.days.map(({ day, title, tasks }) =>
    [
      `## Day ${day}${title ? `: ${title}` : ''}`,
      '',
      ...tasks.map((task) => `- [ ] ${task.replaceAll('\n', ' ')}`),
    ].join('\n'),
  );
  const parts = [`# ${skill.title}`, `By ${skill.author.display_name}`, skill.description, ...days];
  const name = skill.title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return { name: `${name || 'skill'}.md`, text: `${parts.filter((part) => part !== '').join('\n\n')}\n` };
}

/** Hands a file to the browser's downloads. */
export function save({ name, text }: PlanFile): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/markdown' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

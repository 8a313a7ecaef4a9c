const NAMES: Readonly<Record<string, string>> = {
  spam: 'Spam',
  harassment: 'Harassment',
  hate: 'Hate',
  self_harm: 'Self-harm',
  sexual: 'Sexual content',
  violence: 'Violence',
  misinformation: 'Misinformation',
  other: 'Another reason',
  reaction_ring: 'Reactions to each other',
};

/** Of what a rule found, its name. */
function ruleOf(source: string): string | null {
  return source.startsWith('rule: ') ? source.slice('rule: '.length) : null;
}

/** Why something was reported, by how many each; or by which rule, where that says more than its reason. */
export function reasonsOf(item: { reason: string; reasons: Readonly<Record<string, number>>; source: string }): string {
  const rule = ruleOf(item.source);
  const kinds = Object.keys(item.reasons);
  if (rule !== null && item.reason === 'other' && kinds.every((kind) => kind === 'other')) return `Rule “${rule}”`;
  const all = Object.entries(item.reasons).map(([reason, n]) => `${NAMES[reason] ?? reason}${n > 1 ? ` ×${n}` : ''}`);
  return all.join(', ') || (NAMES[item.reason] ?? item.reason);
}

/** What a person or a rule says about it, where that is more than the name of the rule, which is shown anyway. */
export function remarkOf(item: { details: string | null; source: string }): string | null {
  return item.details === `Found by the rule "${ruleOf(item.source)}".` ? null : item.details;
}

/** Who found it; of people how many. */
export function sourceOf(item: { source: string }, reports: string): string {
  if (item.source === 'people') return reports;
  if (item.source === 'automatic') return 'found by Hearth';
  return `found by the rule “${ruleOf(item.source) ?? item.source}”`;
}

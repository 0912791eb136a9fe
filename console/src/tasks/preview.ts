const FIELDS_MAX = 4;
const CHARS_MAX = 90;

/** A line of a task's data: its first plain values, so that rows can be told apart. */
export function preview(data: Readonly<Record<string, unknown>>): string {
  const parts: string[] = [];
  for (const [name, value] of Object.entries(data)) {
    if (value === null || typeof value === 'object' || value === '') continue;
    parts.push(`${name} ${String(value)}`);
    if (parts.length >= FIELDS_MAX) break;
  }
  return parts.join(' · ').slice(0, CHARS_MAX);
}

/** Flags of components as text: a scenario may write Go's maps and lists as YAML does. */

/** `true`, `10s`, `memory.available=100Mi,nodefs.available=10%`; undefined for a flag that is not set. */
export function flagText(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value)) return value.map(String).join(',');
  if (typeof value !== 'object') return String(value);
  return Object.entries(value)
    .map(([key, one]) => `${key}=${one}`)
    .join(',');
}

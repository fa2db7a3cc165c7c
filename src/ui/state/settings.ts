/** Small settings kept across visits; where storage is forbidden they last as long as the page. */

/** What was kept under a name. */
export function loadSetting(name: string): string | undefined {
  try {
    return localStorage.getItem(`kubestep.${name}`) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keeps it. */
export function saveSetting(name: string, value: string): void {
  try {
    localStorage.setItem(`kubestep.${name}`, value);
  } catch {
    // Nothing to do: the setting holds until the page is closed.
  }
}

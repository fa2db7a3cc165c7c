/** What shells hand on of themselves, and how they list it. Follows bash(1), and cd.c and var.c of dash, which BusyBox's ash has from it. */
import type { ShellKind } from './held-programs';

/** What a shell exports as soon as it is set. */
export const LATER = 'OLDPWD';

/** The variables that a shell sets for its programs when it begins; `level`: of how many shells it is the innermost. */
export function toldBy(kind: ShellKind, cwd: string, level: number): [name: string, value: string][] {
  const isCounted = kind === 'bash' || kind === 'busybox';
  return [['PWD', cwd], ...(isCounted ? ([['SHLVL', String(level)]] as [string, string][]) : [])];
}

/** What `export` lists, each line so that a shell could read it again. */
export function exportLines(kind: ShellKind, variables: readonly [name: string, value: string][]): string {
  if (kind !== 'bash') {
    return variables.map(([name, value]) => `export ${name}='${value.replaceAll("'", `'"'"'`)}'\n`).join('');
  }
  const lines = variables.map(([name, value]) => `declare -x ${name}="${value.replace(/["$`\\]/g, '\\$&')}"\n`);
  // bash keeps a place for the directory before this one.
  if (!variables.some(([name]) => name === LATER)) lines.push(`declare -x ${LATER}\n`);
  return lines.sort().join('');
}

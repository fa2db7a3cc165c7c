/** Whether a text that was typed elsewhere is meant for kubectl. Pure. */

/** What may stand first in a command of kubectl; the page does not load kubectl itself. */
export const KUBECTL_COMMANDS: readonly string[] = [
  'alpha',
  'annotate',
  'api-resources',
  'api-versions',
  'apply',
  'attach',
  'auth',
  'autoscale',
  'certificate',
  'cluster-info',
  'completion',
  'config',
  'cordon',
  'cp',
  'create',
  'debug',
  'delete',
  'describe',
  'diff',
  'drain',
  'edit',
  'events',
  'exec',
  'explain',
  'expose',
  'get',
  'help',
  'kuberc',
  'kustomize',
  'label',
  'logs',
  'options',
  'patch',
  'plugin',
  'port-forward',
  'proxy',
  'replace',
  'rollout',
  'run',
  'scale',
  'set',
  'taint',
  'top',
  'uncordon',
  'version',
  'wait',
];

/** What commands can't do without: without that the text is in other words what a menu does. */
const NEEDED: Readonly<Record<string, RegExp>> = { scale: /\s--replicas\b/, taint: /\sno(?:des?)?[\s/]/ };

/** The command that a text is: all behind `kubectl`, or one of its commands with something behind it. `named`: it says so itself. */
export function kubectlLine(text: string): { readonly command: string; readonly named: boolean } | undefined {
  const line = text.trim();
  const named = /^kubectl\s+(\S.*)$/s.exec(line);
  if (named?.[1]) return { command: named[1], named: true };
  const [, first] = /^([a-z-]+)\s+\S/.exec(line) ?? [];
  const isWhole = first && KUBECTL_COMMANDS.includes(first) && (NEEDED[first]?.test(line) ?? true);
  return isWhole ? { command: line, named: false } : undefined;
}

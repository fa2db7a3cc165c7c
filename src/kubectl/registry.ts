/** Every kubectl command there is, and how a command line finds its own. Follows kubectl/pkg/cmd/cmd.go and cobra's lookup. */
import type { Command } from './command';
import { annotate } from './commands/annotate';
import { apiResources, apiVersions } from './commands/api-resources';
import { apply } from './commands/apply';
import { authCanI, authWhoAmI } from './commands/auth';
import { autoscale } from './commands/autoscale';
import { cordon, uncordon } from './commands/cordon';
import { create } from './commands/create';
import { createClusterRoleBinding, createRoleBinding, createTokenCommand } from './commands/create-binding';
import { createConfigMap } from './commands/create-configmap';
import { createDeployment } from './commands/create-deployment';
import { createIngress } from './commands/create-ingress';
import { createCronJob, createJob } from './commands/create-job';
import {
  createNamespace,
  createPodDisruptionBudget,
  createPriorityClass,
  createQuota,
  createServiceAccount,
} from './commands/create-others';
import { createClusterRole, createRole } from './commands/create-role';
import { CREATE_SECRETS } from './commands/create-secret';
import { CREATE_SERVICES } from './commands/create-service';
import { deleteCommand } from './commands/delete';
import { describeCommand } from './commands/describe';
import { drain } from './commands/drain';
import { events } from './commands/events';
import { expose } from './commands/expose';
import { get } from './commands/get';
import { label } from './commands/label';
import { NOT_SIMULATED } from './commands/not-simulated';
import { patch } from './commands/patch';
import { replace } from './commands/replace';
import { rolloutHistory } from './commands/rollout-history';
import { rolloutPause, rolloutRestart, rolloutResume } from './commands/rollout-mutate';
import { rolloutStatus } from './commands/rollout-status';
import { rolloutUndo } from './commands/rollout-undo';
import { run } from './commands/run';
import { scale } from './commands/scale';
import { setEnv } from './commands/set-env';
import { setImage } from './commands/set-image';
import { setSelector, setServiceAccount } from './commands/set-others';
import { setResources } from './commands/set-resources';
import { taint } from './commands/taint';
import { topNode, topPod } from './commands/top';
import { version } from './commands/version';
import { viewLastApplied } from './commands/view-last-applied';
import { wait } from './commands/wait';
import { KubectlError } from './errors';
import { GLOBAL } from './flag-sets';
import { HELP } from './flags';
import { GROUPS, help } from './help';

/** All commands, by the words that name them. */
export const COMMANDS: readonly Command[] = [
  create,
  createConfigMap,
  createCronJob,
  createDeployment,
  createIngress,
  createJob,
  createNamespace,
  createPodDisruptionBudget,
  createPriorityClass,
  createQuota,
  createServiceAccount,
  createRole,
  createClusterRole,
  createRoleBinding,
  createClusterRoleBinding,
  createTokenCommand,
  authCanI,
  authWhoAmI,
  ...CREATE_SECRETS,
  ...CREATE_SERVICES,
  expose,
  run,
  setEnv,
  setImage,
  setResources,
  setSelector,
  setServiceAccount,
  get,
  deleteCommand,
  rolloutHistory,
  rolloutPause,
  rolloutRestart,
  rolloutResume,
  rolloutStatus,
  rolloutUndo,
  scale,
  autoscale,
  topPod,
  topNode,
  cordon,
  uncordon,
  drain,
  taint,
  describeCommand,
  events,
  apply,
  viewLastApplied,
  patch,
  replace,
  wait,
  label,
  annotate,
  apiResources,
  apiVersions,
  version,
  help,
  ...GROUPS,
  ...NOT_SIMULATED,
];

const byPath = new Map(
  COMMANDS.flatMap((command) => [command.path, ...(command.aliases ?? [])].map((path) => [path, command])),
);

/** A command and the words left for it. */
export interface FoundCommand {
  readonly command: Command;
  readonly words: readonly string[];
}

/** Positions of the words that are neither flags nor values of global flags. */
function* plainWords(argv: readonly string[]): Generator<number> {
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] as string;
    if (word === '--') return;
    if (!word.startsWith('-') || word === '-') yield at;
    else if (takesNextWord(word)) at++;
  }
}

/** A flag that isn't known yet is taken to have a value, as cobra does before it has found the command. */
function takesNextWord(word: string): boolean {
  if (word.includes('=')) return false;
  if (!word.startsWith('--') && word.length > 2) return false;
  const known = [...GLOBAL, HELP].find((flag) => `--${flag.name}` === word || `-${flag.short}` === word);
  return known?.type !== 'bool';
}

/** The command that a command line names: the longest that fits. Throws cobra's "unknown command". */
export function findCommand(argv: readonly string[]): FoundCommand {
  const positions = [...plainWords(argv)];
  let path = '';
  let found: { command: Command; used: number } | undefined;
  for (const [index, position] of positions.entries()) {
    path = path === '' ? (argv[position] as string) : `${path} ${argv[position]}`;
    const command = byPath.get(path);
    if (command) found = { command, used: index + 1 };
    if (!command && found) break;
    if (!command && index >= 2) break;
    if (command) path = command.path;
  }
  const first = positions[0];
  if (!found && first !== undefined) throw unknownCommand(argv[first] as string);
  if (!found) return { command: help, words: argv };
  const used = new Set(positions.slice(0, found.used));
  return { command: found.command, words: argv.filter((_, at) => !used.has(at)) };
}

function unknownCommand(word: string): KubectlError {
  const close = suggestions(word);
  const hint = close.length > 0 ? `\n\nDid you mean this?\n${close.map((name) => `\t${name}\n`).join('')}` : '';
  return new KubectlError(`unknown command ${JSON.stringify(word)} for "kubectl"${hint}`);
}

function suggestions(word: string): string[] {
  const names = [...new Set(COMMANDS.map((command) => command.path.split(' ')[0] as string))];
  const close = names.filter((name) => distance(word, name) <= 2 || name.startsWith(word.toLowerCase()));
  if (word === 'rm' || word === 'remove') close.push('delete');
  if (word === 'list' || word === 'ps') close.push('get');
  return [...new Set(close)];
}

/** Levenshtein's distance, ignoring case. */
function distance(a: string, b: string): number {
  const left = a.toLowerCase();
  const right = b.toLowerCase();
  let row = Array.from({ length: right.length + 1 }, (_, at) => at);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    for (let j = 1; j <= right.length; j++) {
      const cost = left[i - 1] === right[j - 1] ? 0 : 1;
      next.push(Math.min((row[j] as number) + 1, (next[j - 1] as number) + 1, (row[j - 1] as number) + cost));
    }
    row = next;
  }
  return row.at(-1) as number;
}

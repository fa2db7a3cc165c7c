/** What `kubectl label` and `kubectl annotate` share: flags, what goes together, and the way over the resources. */
import type { Call, Turn } from './command';
import { type DryRun, dryRunOf } from './dry-run';
import { KubectlError } from './errors';
import { DRY_RUN, FIELD_MANAGER, FIELD_SELECTOR, FILENAME, flag, OUTPUT, RECORD, SELECTOR } from './flag-sets';
import { splitPairs } from './pairs';
import { type Info, select, standardQuery, visit } from './selection';

/** Entries of labels or annotations to set, and keys to remove. */
export interface MetadataChange {
  readonly set: ReadonlyMap<string, string>;
  readonly remove: readonly string[];
}

/** Flags of both commands. */
export const METADATA_FLAGS = [
  ...FILENAME,
  ...SELECTOR,
  ...FIELD_SELECTOR,
  ...DRY_RUN,
  ...OUTPUT,
  ...RECORD,
  ...FIELD_MANAGER,
  ...['overwrite', 'list', 'local', 'all'].map((name) => flag.bool(name)),
  flag.bool('all-namespaces', 'A'),
  flag.text('resource-version'),
];

/** One of the two commands. */
interface MetadataEdit {
  readonly noun: 'label' | 'annotation';
  readonly parse: (pairs: readonly string[]) => MetadataChange;
  /** Throws for a change that contradicts itself. */
  readonly check?: (change: MetadataChange) => void;
  /** `single`: the command names one resource only. */
  readonly edit: (call: Call, info: Info, change: MetadataChange, single: boolean) => void;
}

function validate(
  call: Call,
  resources: readonly string[],
  { set, remove }: MetadataChange,
  dryRun: DryRun,
  noun: string,
): void {
  const { flags } = call;
  // As kubectl has it: for annotations the check looks at a field that nobody fills.
  if (flags.bool('list') && flags.text('output') && noun === 'label') {
    throw new KubectlError('--list and --output may not be specified together');
  }
  if (flags.bool('all') && flags.text('selector')) {
    throw new KubectlError('cannot set --all and --selector at the same time');
  }
  if (flags.bool('all') && flags.text('field-selector')) {
    throw new KubectlError('cannot set --all and --field-selector at the same time');
  }
  if (flags.bool('local') && dryRun === 'server') {
    throw new KubectlError('cannot specify --local and --dry-run=server - did you mean --dry-run=client?');
  }
  if (resources.length === 0 && flags.list('filename').length === 0) {
    throw new KubectlError('one or more resources must be specified as <resource> <name> or <resource>/<name>');
  }
  if (set.size === 0 && remove.length === 0 && !flags.bool('list')) {
    throw new KubectlError(`at least one ${noun} update is required`);
  }
}

/** Runs one of the two commands. */
export function runMetadataEdit(call: Call, { noun, parse, check, edit }: MetadataEdit): Turn {
  const { resources, pairs } = splitPairs(call.args, noun);
  const change = parse(pairs);
  validate(call, resources, change, dryRunOf(call), noun);
  check?.(change);
  const local = call.flags.bool('local');
  const query = { ...standardQuery(call, resources, call.flags.bool('all')), latest: !local, local };
  const selection = select(call, query);
  if (!selection.singleItemImplied && call.flags.text('resource-version')) {
    throw new KubectlError('--resource-version may only be used with a single resource');
  }
  visit(selection, (info) => edit(call, info, change, selection.singleItemImplied));
  return undefined;
}

/** What `--list` prints for one resource. */
export function listEntries(
  call: Call,
  info: Info,
  what: 'labels' | 'annotations',
  entries: Readonly<Record<string, string>>,
  single: boolean,
): void {
  const { kind, group } = info.mapping;
  if (!single) call.out(`Listing ${what} for ${kind}.${group}/${info.name}:\n`);
  for (const [key, value] of Object.entries(entries)) call.out(`${single ? '' : ' '}${key}=${value}\n`);
}

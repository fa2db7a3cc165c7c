/** Flags that many commands share, as kubectl's `AddXFlags` functions add them. Follows staging/src/k8s.io/kubectl/pkg/cmd/util/helpers.go. */
import type { Flag } from './command';

const text = (name: string, short?: string, fallback = ''): Flag => ({
  name,
  short,
  type: 'string',
  default: fallback,
});
const bool = (name: string, short?: string, fallback = false): Flag => ({
  name,
  short,
  type: 'bool',
  default: String(fallback),
});

/** Makers of flags, by the kind of value they take. */
export const flag = {
  text,
  bool,
  int: (name: string, fallback = 0): Flag => ({ name, type: 'int', default: String(fallback) }),
  duration: (name: string, fallback = '0'): Flag => ({ name, type: 'duration', default: fallback }),
  strings: (name: string, short?: string): Flag => ({ name, short, type: 'strings' }),
  array: (name: string, short?: string): Flag => ({ name, short, type: 'stringArray' }),
  int32: (name: string, fallback = 0): Flag => ({ name, type: 'int32', default: String(fallback) }),
  required: (base: Flag): Flag => ({ ...base, required: true }),
  /** A flag that is taken and not read, because the answer is the same with and without it. */
  harmless: (base: Flag, because: string): Flag => ({ ...base, idle: { says: false, because } }),
  /** A flag that is taken and has no effect here, which its user is told. */
  idle: (base: Flag, because: string): Flag => ({ ...base, idle: { says: true, because } }),
} as const;

const ONE_CLUSTER = 'there is one simulated cluster, reached without credentials';
const NOT_SEEN = 'it changes only how kubectl works, not what it answers';

/** Every command takes these; those that choose a cluster or its credentials have no effect here. */
export const GLOBAL: readonly Flag[] = [
  text('namespace', 'n'),
  text('as'),
  text('as-uid'),
  ...['context', 'cluster', 'user', 'kubeconfig', 'tls-server-name', 'token', 'username', 'password']
    .concat(['certificate-authority', 'client-certificate', 'client-key'])
    .map((name) => flag.idle(text(name), ONE_CLUSTER)),
  flag.idle(text('server', 's'), ONE_CLUSTER),
  flag.idle(bool('insecure-skip-tls-verify'), ONE_CLUSTER),
  ...['cache-dir', 'kuberc', 'profile', 'profile-output', 'log-flush-frequency', 'vmodule', 'v-legacy'].map((name) =>
    flag.harmless(text(name), NOT_SEEN),
  ),
  text('request-timeout', undefined, '0'),
  flag.harmless({ name: 'v', short: 'v', type: 'int32', default: '0' }, NOT_SEEN),
  ...['match-server-version', 'disable-compression'].map((name) => flag.harmless(bool(name), NOT_SEEN)),
  flag.array('as-group'),
  flag.array('as-user-extra'),
  bool('warnings-as-errors'),
];

/** All flags that a command takes: its own stand before those of every command. */
export function flagsOf({ flags }: { readonly flags: readonly Flag[] }): readonly Flag[] {
  const isOwn = (name: string): boolean => flags.some((own) => own.name === name);
  return [...flags, ...GLOBAL.filter(({ name }) => !isOwn(name))];
}

/** `-f`, `-k`, `-R`. */
export const FILENAME: readonly Flag[] = [
  flag.strings('filename', 'f'),
  text('kustomize', 'k'),
  bool('recursive', 'R'),
];

/** `-l`. */
export const SELECTOR: readonly Flag[] = [text('selector', 'l')];

/** `--field-selector`. */
export const FIELD_SELECTOR: readonly Flag[] = [text('field-selector')];

/** `--dry-run[=client|server|none]`. */
export const DRY_RUN: readonly Flag[] = [{ name: 'dry-run', type: 'string', default: 'none', bare: 'unchanged' }];

/** `-o` and what templates need. */
export const OUTPUT: readonly Flag[] = [
  text('output', 'o'),
  text('template'),
  bool('allow-missing-template-keys', undefined, true),
  bool('show-managed-fields'),
];

/** `--record`, deprecated but alive. */
export const RECORD: readonly Flag[] = [{ ...bool('record'), deprecated: '--record will be removed in the future' }];

/** `--field-manager`. */
export const FIELD_MANAGER: readonly Flag[] = [text('field-manager')];

/** `--validate`. */
export const VALIDATE: readonly Flag[] = [{ name: 'validate', type: 'string', default: 'strict', bare: 'strict' }];

/** `--save-config`. */
export const SAVE_CONFIG: readonly Flag[] = [bool('save-config')];

/** `--chunk-size`. */
export const CHUNK_SIZE: readonly Flag[] = [
  flag.harmless(flag.int('chunk-size', 500), 'a list is the same in one piece'),
];

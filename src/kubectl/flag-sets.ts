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
  required: (base: Flag): Flag => ({ ...base, required: true }),
} as const;

/** Every command takes these; those that choose a cluster or a user have no effect here. */
export const GLOBAL: readonly Flag[] = [
  text('namespace', 'n'),
  ...['context', 'cluster', 'user', 'kubeconfig', 'cache-dir', 'request-timeout', 'tls-server-name', 'token'].map(
    (name) => text(name),
  ),
  ...[
    'certificate-authority',
    'client-certificate',
    'client-key',
    'username',
    'password',
    'as',
    'as-uid',
    'kuberc',
  ].map((name) => text(name)),
  ...['profile', 'profile-output', 'log-flush-frequency', 'vmodule', 'v-legacy'].map((name) => text(name)),
  text('server', 's'),
  text('v', 'v', '0'),
  flag.array('as-group'),
  flag.array('as-user-extra'),
  ...['insecure-skip-tls-verify', 'match-server-version', 'disable-compression', 'warnings-as-errors'].map((name) =>
    bool(name),
  ),
];

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
export const RECORD: readonly Flag[] = [bool('record')];

/** `--field-manager`. */
export const FIELD_MANAGER: readonly Flag[] = [text('field-manager')];

/** `--validate`. */
export const VALIDATE: readonly Flag[] = [{ name: 'validate', type: 'string', default: 'strict' }];

/** `--save-config`. */
export const SAVE_CONFIG: readonly Flag[] = [bool('save-config')];

/** `--chunk-size`, without effect. */
export const CHUNK_SIZE: readonly Flag[] = [flag.int('chunk-size', 500)];

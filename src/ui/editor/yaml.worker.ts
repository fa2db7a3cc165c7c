/**
 * Vite bundles workers from files of ours, so this one stands for monaco-yaml's. That one follows an alias into what it stands for, also where it
 * stands within that (`a: &a {<<: *a}`), until there is no room left: such an alias leads nowhere, as the page says beside it.
 */
import 'monaco-yaml/yaml.worker';
import { Alias } from 'yaml';

const { resolve } = Alias.prototype;

Alias.prototype.resolve = function resolveOutside(this: Alias, ...given) {
  const found = resolve.apply(this, given);
  const [at = 0] = this.range ?? [];
  const [start = 0, end = 0] = found?.range ?? [];
  return at >= start && at < end ? undefined : found;
};

/**
 * Variables in the values of a Compose file (compose-spec, 12-interpolation.md): `$NAME`, `${NAME:-default}`, `${NAME:?error}`, `${NAME:+other}`,
 * `$$`. No variable is set here, as there is no shell and no .env file: defaults count, and of others is said that they are empty.
 */
import { isMapping, type Path, type Tell } from './reading';

const VARIABLE = /\$(?:(\$)|([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?:(:?[-?+])((?:[^{}]|\{[^{}]*\})*))?\})/g;

function filled(text: string, path: Path, tell: Tell): string {
  return text.replace(VARIABLE, (_whole, dollar, plain, braced, operator, word = '') => {
    if (dollar) return '$';
    if (operator?.endsWith('-')) return filled(word, path, tell);
    if (operator?.endsWith('+')) return '';
    const name = plain ?? braced;
    tell(path, {
      en: `the variable ${name} is not known here: it is left empty`,
      zh: `这里不知道变量 ${name} 的值：留空`,
    });
    return '';
  });
}

/** A value with every variable in it filled in. */
export function interpolated(value: unknown, path: Path, tell: Tell): unknown {
  if (typeof value === 'string') return value.includes('$') ? filled(value, path, tell) : value;
  if (Array.isArray(value)) return value.map((item, index) => interpolated(item, [...path, index], tell));
  if (!isMapping(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, interpolated(part, [...path, key], tell)]),
  );
}

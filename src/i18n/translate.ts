/**
 * The page's texts by key. English is the source: its keys type all others, and `{name}` stands for a parameter.
 * A key that ends in `_one` is taken when the parameter `count` is 1.
 */
import { en } from './messages/en';

export type MessageKey = keyof typeof en;
export type Parameters = Readonly<Record<string, string | number>>;

/** The text of a key with its parameters filled in. */
export function translate(key: MessageKey, parameters: Parameters = {}): string {
  const single = `${key}_one` as MessageKey;
  const template: string = parameters.count === 1 && single in en ? en[single] : en[key];
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(parameters[name] ?? whole));
}

export { translate as t };

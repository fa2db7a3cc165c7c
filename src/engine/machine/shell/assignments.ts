/** What the assignments of a command set. Follows POSIX.1-2017, Shell Command Language, 2.9.1, and bash's arrays. */
import { arithmetic } from './arithmetic';
import { type Expander, keyOf, lookUp, numbersOf } from './expander';
import { expandAll, expandText } from './expansion';
import { ShellFault } from './host';
import type { Assignment, Node, Word } from './syntax';

type SimpleNode = Extract<Node, { kind: 'simple' }>;

/** What an assignment sets: names with their values, and whether all that was there before is gone. */
export interface Assigned {
  readonly isWhole: boolean;
  readonly entries: readonly (readonly [name: string, value: string])[];
}

/** A simple command as shells read it that have no `+=`: what begins with such a thing are its words. */
export function withoutAdding(node: SimpleNode): SimpleNode {
  const at = node.assigns.findIndex(({ isAdded, index, elements }) => isAdded && !index && !elements);
  if (at < 0) return node;
  const words = node.assigns.slice(at).map(({ name, value, isAdded }): Word => {
    const text = `${name}${isAdded ? '+' : ''}=`;
    return [{ kind: 'text', text, quoted: true }, ...(isAdded ? value.slice(1) : value)];
  });
  return { ...node, assigns: node.assigns.slice(0, at), words: [...words, ...node.words] };
}

/** The value of a variable whose values are worked out. */
function summed(name: string, value: Word, isAdded: boolean | undefined, shell: Expander): string {
  const text = expandText(isAdded ? value.slice(1) : value, shell);
  return arithmetic(isAdded ? `${lookUp(name, shell) || 0}+(${text || 0})` : text, numbersOf(shell));
}

/** Expands an assignment. */
export function assignedBy({ name, value, index, elements, isAdded }: Assignment, shell: Expander): Assigned {
  if (!elements) {
    const key = index ? keyOf(name, expandText(index, shell), shell) : name;
    if (shell.isInteger(name)) return { isWhole: false, entries: [[name, summed(name, value, isAdded, shell)]] };
    const before = index && isAdded ? (lookUp(key, shell) ?? '') : '';
    return { isWhole: false, entries: [[key, before + expandText(value, shell)]] };
  }
  if (shell.kind !== 'bash') throw new ShellFault('sh: syntax error: unexpected "("', 2);
  const entries: [string, string][] = [];
  let next = isAdded ? Number(shell.elements(name).at(-1)?.[0] ?? -1) + 1 : 0;
  for (const element of elements) {
    if (element.key) {
      const key = expandText(element.key, shell);
      entries.push([keyOf(name, key, shell), expandText(element.value, shell)]);
      if (!shell.isMap(name)) next = Number(arithmetic(key, numbersOf(shell))) + 1;
      continue;
    }
    for (const text of expandAll([element.value], shell)) {
      entries.push([next === 0 ? name : `${name}[${next}]`, text]);
      next++;
    }
  }
  return { isWhole: !isAdded, entries };
}

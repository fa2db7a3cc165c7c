/** `-o go-template`: fills in a Go template. Follows cli-runtime/pkg/printers/template.go and text/template/exec.go; numbers are floats there. */

import { isJsonObject, sortedKeys } from '../../engine/api/go-text';
import { KubectlError } from '../errors';
import { type Expression, type Operand, parseGoTemplate, type TemplateNode } from './go-template-parser';

/** The object given to the template, and what a dot means right now. */
interface Scope {
  readonly root: unknown;
  readonly dot: unknown;
}

/** A float as Go's %v prints it. */
function numberText(value: number): string {
  if (value === 0 || (Math.abs(value) >= 1e-4 && Math.abs(value) < 1e21 && Math.abs(value) < 1e6)) return String(value);
  const [mantissa = '', exponent = ''] = value.toExponential().split('e');
  return `${mantissa}e${exponent[0]}${exponent.slice(1).padStart(2, '0')}`;
}

function printed(value: unknown, isInside = false): string {
  if (value === null || value === undefined) return isInside ? '<nil>' : '<no value>';
  if (typeof value === 'number') return numberText(value);
  if (Array.isArray(value)) return `[${value.map((item) => printed(item, true)).join(' ')}]`;
  if (!isJsonObject(value)) return String(value);
  return `map[${sortedKeys(value)
    .map((key) => `${key}:${printed(value[key], true)}`)
    .join(' ')}]`;
}

function isTrue(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return isJsonObject(value) ? Object.keys(value).length > 0 : Boolean(value);
}

function fieldOf(value: unknown, name: string): unknown {
  if (value === null || value === undefined) return undefined;
  if (!isJsonObject(value)) throw new KubectlError(`can't evaluate field ${name} in type interface {}`);
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

function operandValue(operand: Operand, { root, dot }: Scope): unknown {
  if (operand.type === 'literal') return operand.value;
  return operand.names.reduce(fieldOf, operand.fromRoot ? root : dot);
}

function indexed(value: unknown, key: unknown): unknown {
  if (value === null || value === undefined) throw new KubectlError('error calling index: index of untyped nil');
  if (!Array.isArray(value)) return isJsonObject(value) ? fieldOf(value, String(key)) : undefined;
  const at = Number(key);
  if (at < 0 || at >= value.length) throw new KubectlError(`error calling index: reflect: slice index out of range`);
  return value[at];
}

function lengthOf(value: unknown): number {
  if (typeof value === 'string' || Array.isArray(value)) return value.length;
  if (!isJsonObject(value)) throw new KubectlError('error calling len: len of nil pointer');
  return Object.keys(value).length;
}

function evaluate({ name, operands }: Expression, scope: Scope): unknown {
  const values = operands.map((operand) => operandValue(operand, scope));
  const [first, ...others] = values;
  switch (name) {
    case 'and':
      return values.find((value) => !isTrue(value)) ?? values.at(-1);
    case 'or':
      return values.find(isTrue) ?? values.at(-1);
    case 'not':
      return !isTrue(first);
    case 'eq':
      return others.includes(first);
    case 'ne':
      return first !== others[0];
    case 'index':
      return others.reduce(indexed, first);
    case 'len':
      return lengthOf(first);
    case 'print':
    case 'println':
      return (
        values.map((value) => printed(value, true)).join(name === 'println' ? ' ' : '') +
        (name === 'println' ? '\n' : '')
      );
    default:
      return first;
  }
}

function itemsOf(value: unknown): readonly unknown[] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) return value;
  if (!isJsonObject(value)) throw new KubectlError(`range can't iterate over ${printed(value)}`);
  return sortedKeys(value).map((key) => value[key]);
}

function render(nodes: readonly TemplateNode[], scope: Scope): string {
  return nodes.map((node) => renderNode(node, scope)).join('');
}

function renderNode(node: TemplateNode, scope: Scope): string {
  if (node.type === 'text') return node.text;
  const value = evaluate(node.expression, scope);
  if (node.type === 'print') return printed(value);
  if (node.type === 'range') {
    const items = itemsOf(value);
    if (items.length > 0) return items.map((dot) => render(node.body, { ...scope, dot })).join('');
  } else if (isTrue(value)) return render(node.body, node.type === 'with' ? { ...scope, dot: value } : scope);
  return render(node.otherwise, scope);
}

/** The template filled in. */
export function renderGoTemplate(template: string, value: unknown): string {
  if (template === '') throw new KubectlError('template format specified but no template given');
  const nodes = parseGoTemplate(template);
  try {
    return render(nodes, { root: value, dot: value });
  } catch (error) {
    if (!(error instanceof KubectlError)) throw error;
    throw new KubectlError(
      `error executing template ${JSON.stringify(template)}: template: output:1: ${error.message}`,
    );
  }
}

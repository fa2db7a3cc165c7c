/**
 * What Kubernetes' YAML parser says of a text that it can't read. It reads one document and no further.
 * Follows go.yaml.in/yaml/v2 (parserc.go, and fail in decode.go, which names no line when it is the first).
 */
import { BEGINNING, GoYamlError, type Mark } from './reader';
import { Scanner } from './scanner';
import type { TokenType } from './tokens';

type Types = readonly TokenType[];

const refuse = (problem: string, mark: Mark, context?: Mark): never => {
  throw new GoYamlError(problem, mark, 'parser', context);
};

/** Reads one document for its errors. */
class Parser {
  private readonly scanner: Scanner;
  private readonly anchors = new Set<string | undefined>();

  constructor(text: string) {
    this.scanner = new Scanner(text);
  }

  private at(...types: Types): boolean {
    return types.includes(this.scanner.peek().type);
  }

  /** Reads a document; gives the mark where the next thing begins. */
  document(): Mark {
    const { scanner } = this;
    if (this.at('version', 'tag-directive', 'document-start')) {
      while (this.at('version', 'tag-directive')) scanner.skip();
      if (!this.at('document-start')) refuse('did not find expected <document start>', scanner.peek().start);
      scanner.skip();
      const isEmpty = this.at('version', 'tag-directive', 'document-start', 'document-end', 'stream-end');
      if (!isEmpty) this.node(true, false);
    } else if (!this.at('stream-end')) this.node(true, false);
    return scanner.peek().start;
  }

  private node(isBlock: boolean, takesIndentless: boolean): void {
    const { scanner } = this;
    const { start } = scanner.peek();
    if (this.at('alias')) {
      const { name } = scanner.peek();
      scanner.skip();
      // Aliases are looked up when values are made, which is where no line is known.
      if (!this.anchors.has(name)) throw new GoYamlError(`unknown anchor '${name}' referenced`, BEGINNING, 'parser');
      return;
    }
    let anchor: string | undefined;
    let hasProperties = false;
    for (const order of [
      ['anchor', 'tag'],
      ['tag', 'anchor'],
    ] as const) {
      if (hasProperties || !this.at(order[0])) continue;
      hasProperties = true;
      for (const type of order) {
        if (!this.at(type)) continue;
        const { name, start: tagStart } = scanner.peek();
        scanner.skip();
        if (type === 'anchor') anchor = name;
        else if (name !== undefined && name !== '!!') {
          scanner.peek();
          refuse('found undefined tag handle', tagStart, start);
        }
      }
    }
    if (anchor !== undefined) {
      scanner.peek();
      this.anchors.add(anchor);
    }
    if (takesIndentless && this.at('entry')) this.indentless();
    else if (this.at('scalar')) scanner.skip();
    else if (this.at('flow-sequence')) this.flowSequence();
    else if (this.at('flow-mapping')) this.flowMapping();
    else if (isBlock && this.at('block-sequence')) this.blockSequence();
    else if (isBlock && this.at('block-mapping')) this.blockMapping();
    else if (!hasProperties) refuse('did not find expected node content', scanner.peek().start, start);
  }

  private blockSequence(): void {
    const { scanner } = this;
    const { start } = scanner.peek();
    scanner.skip();
    while (this.at('entry')) {
      scanner.skip();
      if (!this.at('entry', 'block-end')) this.node(true, false);
    }
    if (!this.at('block-end')) refuse("did not find expected '-' indicator", scanner.peek().start, start);
    scanner.skip();
  }

  private indentless(): void {
    while (this.at('entry')) {
      this.scanner.skip();
      if (!this.at('entry', 'key', 'value', 'block-end')) this.node(true, false);
    }
  }

  private blockMapping(): void {
    const { scanner } = this;
    const { start } = scanner.peek();
    scanner.skip();
    while (this.at('key')) {
      scanner.skip();
      if (!this.at('key', 'value', 'block-end')) this.node(true, true);
      if (!this.at('value')) continue;
      scanner.skip();
      if (!this.at('key', 'value', 'block-end')) this.node(true, true);
    }
    if (!this.at('block-end')) refuse('did not find expected key', scanner.peek().start, start);
    scanner.skip();
  }

  private flowSequence(): void {
    const { scanner } = this;
    const { start } = scanner.peek();
    scanner.skip();
    for (let first = true; !this.at('flow-sequence-end'); first = false) {
      if (!first) this.flowEntry("did not find expected ',' or ']'", start);
      if (this.at('key')) this.flowPair();
      else if (this.at('flow-sequence-end')) break;
      else this.node(false, false);
    }
    scanner.skip();
  }

  /** `a: b` as an element of a list. */
  private flowPair(): void {
    const { scanner } = this;
    scanner.skip();
    if (this.at('value', 'flow-entry', 'flow-sequence-end')) {
      // Upstream passes over this token, whatever it is.
      scanner.skip();
    } else this.node(false, false);
    if (!this.at('value')) return;
    scanner.skip();
    if (!this.at('flow-entry', 'flow-sequence-end')) this.node(false, false);
  }

  private flowEntry(problem: string, context: Mark): void {
    if (!this.at('flow-entry')) refuse(problem, this.scanner.peek().start, context);
    this.scanner.skip();
  }

  private flowMapping(): void {
    const { scanner } = this;
    const { start } = scanner.peek();
    scanner.skip();
    for (let first = true; !this.at('flow-mapping-end'); first = false) {
      if (!first) this.flowEntry("did not find expected ',' or '}'", start);
      if (this.at('key')) {
        scanner.skip();
        if (!this.at('value', 'flow-entry', 'flow-mapping-end')) this.node(false, false);
        if (!this.at('value')) continue;
        scanner.skip();
        if (!this.at('flow-entry', 'flow-mapping-end')) this.node(false, false);
      } else if (!this.at('flow-mapping-end')) this.node(false, false);
      else break;
    }
    scanner.skip();
  }
}

function errorText({ problem, by, mark, context }: GoYamlError): string {
  const line = mark.line > 0 ? mark.line + (by === 'scanner' ? 1 : 0) : context.line;
  return line > 0 ? `yaml: line ${line}: ${problem}` : `yaml: ${problem}`;
}

/** What is found of the first document: the error, from `yaml: ` on, or the line (from 0) on which what follows the document begins. */
export function firstError(text: string): { readonly error: string } | { readonly nextLine: number } {
  try {
    return { nextLine: new Parser(text).document().line };
  } catch (error) {
    if (error instanceof GoYamlError) return { error: errorText(error) };
    throw error;
  }
}

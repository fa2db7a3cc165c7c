/** Reads a Go template into its parts. Follows text/template/parse/parse.go, with its words. */
import { type Token, tokenize } from './lexer';
import { unquoted } from './literals';
import type { ParsedTemplate, TemplateNode } from './nodes';
import { PipelineReader, TemplateProblem } from './pipelines';

class Parser extends PipelineReader {
  private ranges = 0;
  readonly defined = new Map<string, readonly TemplateNode[]>();

  /** Everything up to the end. */
  all(): readonly TemplateNode[] {
    const { nodes, ended } = this.list(true);
    if (ended !== 'EOF') throw new TemplateProblem(`unexpected {{${ended}}}`, this.peek().pos);
    return nodes;
  }

  /** Parts up to `{{end}}`, `{{else}}` or the end of the text. */
  private list(isTop: boolean): { nodes: TemplateNode[]; ended: 'end' | 'else' | 'EOF' } {
    const nodes: TemplateNode[] = [];
    for (;;) {
      const token = this.next();
      if (token.type === 'text') nodes.push({ type: 'text', text: token.text });
      else if (token.type === 'end' && isTop) return { nodes, ended: 'EOF' };
      else if (token.type === 'left') {
        const ended = this.action(nodes, isTop);
        if (ended) return { nodes, ended };
      } else if (token.type === 'end') throw new TemplateProblem('unexpected EOF', token.pos);
      else this.unexpected(token, isTop ? 'template' : 'input');
    }
  }

  /** What stands between braces. */
  private action(nodes: TemplateNode[], isTop: boolean): 'end' | 'else' | undefined {
    const token = this.peekSolid();
    if (token.type !== 'keyword') {
      const pipe = this.pipeline('command', 'right');
      nodes.push({ type: 'action', pipe });
      return undefined;
    }
    this.next();
    switch (token.text) {
      case 'end':
        this.close('end');
        return 'end';
      case 'else':
        if (!/^(if|with)$/.test(this.peekSolid().text)) this.close('else');
        return 'else';
      case 'break':
      case 'continue':
        if (this.ranges === 0) throw new TemplateProblem(`{{${token.text}}} outside {{range}}`, token.pos);
        this.close(`{{${token.text}}}`);
        nodes.push({ type: token.text });
        return undefined;
      case 'define':
        if (!isTop || this.depth > 0) this.unexpected(token, 'command');
        this.definition();
        return undefined;
      case 'template':
      case 'block':
        nodes.push(this.call(token));
        return undefined;
      default:
        nodes.push(this.control(token.text as 'range' | 'if' | 'with'));
        return undefined;
    }
  }

  private close(context: string): void {
    const token = this.nextSolid();
    if (token.type !== 'right') this.unexpected(token, context);
  }

  private nameOf(context: string): string {
    const token = this.nextSolid();
    if (token.type !== 'string' && token.type !== 'raw') this.unexpected(token, context);
    return unquoted(token.text);
  }

  private definition(): void {
    const name = this.nameOf('define clause');
    this.close('define clause');
    this.defined.set(name, this.inner('define clause'));
  }

  /** Parts up to `{{end}}`. */
  private inner(context: string): readonly TemplateNode[] {
    const kept = this.variables;
    this.variables = ['$'];
    this.deeper();
    const { nodes, ended } = this.list(false);
    this.depth--;
    this.variables = kept;
    if (ended !== 'end') throw new TemplateProblem(`unexpected {{${ended}}} in ${context}`, this.peek().pos);
    return nodes;
  }

  private call(token: Token): TemplateNode {
    const context = `${token.text} clause`;
    const at = this.peekSolid().pos;
    const name = this.nameOf(context);
    const isBare = token.text === 'template' && this.peekSolid().type === 'right';
    if (isBare) this.next();
    const pipe = isBare ? undefined : this.pipeline(context, 'right');
    if (token.text === 'block') this.defined.set(name, this.inner(context));
    const text = `{{template ${JSON.stringify(name)}${pipe ? ` ${pipe.text}` : ''}}}`;
    return { type: 'template', name, pipe, pos: at, text };
  }

  private control(type: 'range' | 'if' | 'with'): TemplateNode {
    const known = this.variables.length;
    const pipe = this.pipeline(type, 'right');
    this.deeper();
    if (type === 'range') this.ranges++;
    const { nodes: body, ended } = this.list(false);
    if (type === 'range') this.ranges--;
    const otherwise = ended === 'else' ? this.alternative(type) : [];
    this.depth--;
    this.variables.length = known;
    return { type, pipe, body, otherwise };
  }

  private alternative(type: 'range' | 'if' | 'with'): readonly TemplateNode[] {
    const token = this.peek();
    if (token.type === 'keyword' && token.text === type && type !== 'range') {
      this.next();
      return [this.control(type)];
    }
    if (token.type === 'keyword' && !this.isClosed()) this.unexpected(token, 'else');
    const { nodes, ended } = this.list(false);
    if (ended !== 'end') throw new TemplateProblem('expected end; found {{else}}', token.pos);
    return nodes;
  }
}

/** Reads a template. Throws {@link TemplateProblem}. */
export function parseGoTemplate(text: string, functions: ReadonlySet<string>): ParsedTemplate {
  const parser = new Parser(tokenize(text), functions);
  return { text, nodes: parser.all(), defined: parser.defined };
}

/** The tokens of a YAML text. Follows go.yaml.in/yaml/v2 (yamlh.go). */
import type { Mark } from './reader';

/** What a token is. */
export type TokenType =
  | 'version'
  | 'tag-directive'
  | 'document-start'
  | 'document-end'
  | 'stream-end'
  | 'block-sequence'
  | 'block-mapping'
  | 'block-end'
  | 'flow-sequence'
  | 'flow-sequence-end'
  | 'flow-mapping'
  | 'flow-mapping-end'
  | 'entry'
  | 'flow-entry'
  | 'key'
  | 'value'
  | 'alias'
  | 'anchor'
  | 'tag'
  | 'scalar';

/** One token. */
export interface Token {
  readonly type: TokenType;
  readonly start: Mark;
  /** Of an anchor or alias its name; of a tag the handle that must have been declared. */
  readonly name?: string;
}

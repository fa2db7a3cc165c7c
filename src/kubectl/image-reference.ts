/** Whether a text names an image. Follows ReferenceRegexp in github.com/distribution/reference/regexp.go, matched in linear time. */
import { parseRegularExpression } from '../engine/api/regular-expression';

const LABEL = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const HOST = `(?:${LABEL}(?:\\.${LABEL})*|\\[(?:[a-fA-F0-9:]+)\\])(?::[0-9]+)?`;
const COMPONENT = '[a-z0-9]+(?:(?:[._]|__|[-]+)[a-z0-9]+)*';
const NAME = `(?:${HOST}/)?${COMPONENT}(?:/${COMPONENT})*`;
const TAG = '[\\w][\\w.-]{0,127}';
const DIGEST = '[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*[:][[:xdigit:]]{32,}';

/** True for `nginx`, `registry.example:5000/shop/web:v1`, with or without a digest. */
export function isImageReference(text: string): boolean {
  const parsed = parseRegularExpression(`^${NAME}(?::${TAG})?(?:@${DIGEST})?$`);
  return !('problem' in parsed) && parsed.test(text);
}

/** Go templates. */
import { KubectlError } from '../errors';

/** Renders a Go template. */
export function renderGoTemplate(_template: string, _value: unknown): string {
  throw new KubectlError('-o go-template is not simulated; use -o jsonpath or -o custom-columns');
}

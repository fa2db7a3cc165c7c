/** The short forms of JSONPath that flags accept. Follows RelaxedJSONPathExpression in staging/src/k8s.io/kubectl/pkg/cmd/get/customcolumn.go. */
import { KubectlError } from './errors';

/** Adds the braces and the leading dot that may be left out. */
export function relaxed(path: string): string {
  const match = /^\{\.?([^{}]+)\}$|^\.?([^{}]+)$/.exec(path);
  if (!match) {
    throw new KubectlError(
      "unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'",
    );
  }
  return `{.${match[1] || match[2] || ''}}`;
}

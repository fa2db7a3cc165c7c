/**
 * A `List` among manifests, and its items. Follows validateList in kubectl/pkg/validation/validation.go, FlattenListVisitor in
 * cli-runtime/pkg/resource/visitor.go and decodeToList in apimachinery's unstructured/helpers.go.
 */
import { jsonKindOf } from '../engine/api/decode-scalar';
import type { Discovery } from '../engine/api/discovery';
import { isJsonObject, type JsonObject } from '../engine/api/go-text';
import type { KubeObject } from '../engine/api/meta';
import { KubectlError } from './errors';
import type { Documentation } from './explain/documentation';
import { modelProblems } from './model-check';
import { mappingOfObject, missingNote } from './rest-mapping';

/** Whether a manifest stands for what it holds. */
export function isList(object: object): boolean {
  const { apiVersion, kind, items } = object as JsonObject;
  return items !== undefined || (kind === 'List' && apiVersion === 'v1');
}

/** Whether it is a v1 List, which no server knows, so that it is checked before it is sent. */
export const isPlainList = ({ apiVersion, kind }: JsonObject): boolean => kind === 'List' && apiVersion === 'v1';

/** Problems as one sentence; '' for none. */
export function inOneSentence(problems: Iterable<string>): string {
  const each = [...new Set(problems)];
  return each.length > 1 ? `[${each.join(', ')}]` : each.join('');
}

/** What the check before sending finds in a v1 List, as one sentence; '' for one without problems. */
export function listProblem({ items }: JsonObject, documentation: Documentation | undefined): string {
  if (!Array.isArray(items)) return 'invalid object to validate';
  return inOneSentence(items.flatMap((item) => itemProblems(item, documentation)));
}

function itemProblems(item: unknown, documentation: Documentation | undefined): string[] {
  if (!isJsonObject(item)) return ['invalid object to validate'];
  const untold = ['apiVersion', 'kind'].flatMap((field) => {
    const value = item[field] ?? undefined;
    if (value === undefined) return [`${field} not set`];
    return typeof value === 'string' ? [] : [`${field} isn't string type`];
  });
  return untold.length > 0 ? untold : modelProblems(item, documentation);
}

const unread = (source: string, why: string): KubectlError =>
  new KubectlError(`unable to decode ${JSON.stringify(source)}: json: cannot unmarshal ${why}`);

const untyped = (why: string): KubectlError =>
  new KubectlError(`unable to get type info from the object "*unstructured.Unstructured": ${why}`, { bare: true });

/** The items that are objects of a kind, and what is wrong with others. Throws KubectlError for what spoils the whole list. */
export function itemsOf(
  discovery: Discovery,
  list: KubeObject,
  source: string,
): { readonly objects: KubeObject[]; readonly errors: KubectlError[] } {
  const { items } = list as unknown as JsonObject;
  if (items !== null && !Array.isArray(items)) {
    throw unread(source, `${jsonKindOf(items)} into Go struct field decodeList.items of type []json.RawMessage`);
  }
  const itemKind = list.kind.replace(/List$/, '');
  if (itemKind !== '' && !discovery.findKind(list.apiVersion, itemKind)) mappingOfObject(discovery, list, source);
  const objects: KubeObject[] = [];
  const errors: KubectlError[] = [];
  for (const item of items ?? []) {
    if (item !== null && !isJsonObject(item)) {
      throw unread(source, `${jsonKindOf(item)} into Go value of type map[string]interface {}`);
    }
    if (Array.isArray((item as JsonObject | null)?.items)) {
      throw new KubectlError('*unstructured.Unstructured is not a list: no Items field in this object');
    }
  }
  for (const item of items ?? []) {
    const text = (field: string): string => (typeof item?.[field] === 'string' ? item[field] : '');
    const isBare = text('kind') === '' && text('apiVersion') === '';
    const kind = isBare ? itemKind : text('kind');
    const apiVersion = isBare ? list.apiVersion : text('apiVersion');
    if (!kind) errors.push(untyped("Object 'Kind' is missing in 'object has no kind field '"));
    else if (!apiVersion) errors.push(untyped("Object 'apiVersion' is missing in 'object has no apiVersion field'"));
    else if (discovery.findKind(apiVersion, kind)) objects.push({ ...item, apiVersion, kind });
    else {
      const why = `no matches for kind ${JSON.stringify(kind)} in version ${JSON.stringify(apiVersion)}`;
      errors.push(
        new KubectlError(`unable to recognize ${why}`, { bare: true, note: missingNote({ kind, apiVersion }) }),
      );
    }
  }
  return { objects, errors };
}

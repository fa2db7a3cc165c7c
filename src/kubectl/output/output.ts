/**
 * `-o`: objects in the form that was asked for. Follows cli-runtime/pkg/printers/ and printGeneric in
 * staging/src/k8s.io/kubectl/pkg/cmd/get/get.go.
 */

import { goJson } from '../../engine/api/go-text';
import type { KubeObject } from '../../engine/api/meta';
import type { OutputOptions, RenderOutput } from '../command';
import { KubectlError } from '../errors';
import { renderCustomColumns } from './custom-columns';
import { renderGoTemplate } from './go-template';
import { renderJsonPath } from './jsonpath';
import { kyamlText } from './kyaml';
import { yamlText } from './yaml-text';

/** One object by itself, or all in a v1 List. */
function answerOf(objects: readonly KubeObject[], options: OutputOptions): unknown {
  if (!options.asList && objects.length === 1) return objects[0];
  return { apiVersion: 'v1', items: objects, kind: 'List', metadata: { resourceVersion: '' } };
}

function nameOf(object: KubeObject): string {
  const slash = object.apiVersion.indexOf('/');
  const group = slash < 0 ? '' : `.${object.apiVersion.slice(0, slash)}`;
  return `${object.kind.toLowerCase()}${group}/${object.metadata.name || '<unknown>'}\n`;
}

/** The whole answer of `-o`. */
export const renderOutput: RenderOutput = (format, template, objects, options) => {
  switch (format) {
    case 'json':
      return `${goJson(answerOf(objects, options), '    ')}\n`;
    case 'yaml':
      return yamlText(answerOf(objects, options));
    case 'kyaml':
      return kyamlText(answerOf(objects, options));
    case 'name':
      return objects.map(nameOf).join('');
    case 'jsonpath':
    case 'jsonpath-as-json':
      return renderJsonPath(template, answerOf(objects, options), format === 'jsonpath-as-json', options.strictKeys);
    case 'custom-columns':
      return renderCustomColumns(template, objects, options.noHeaders ?? false);
    case 'go-template':
    case 'template':
      return renderGoTemplate(template, answerOf(objects, options), options.strictKeys);
    default:
      throw new KubectlError(`kubestep: -o ${format} is not simulated`, { bare: true });
  }
};

/** kubectl describe configmap. Follows ConfigMapDescriber in staging/src/k8s.io/kubectl/pkg/describe/describe.go. */

import { sortedKeys } from '../../engine/api/go-text';
import type { ConfigMap } from '../../engine/api/types';
import { withEventsOf } from './events';
import { base64Bytes } from './secret';
import { type Describer, metadataLines } from './text';

/** ConfigMap. */
export const describeConfigMap: Describer<ConfigMap> = (map, reader, clock) => {
  const { data = {}, binaryData = {} } = map;
  const texts = sortedKeys(data).map((key) => `${key}:\n----\n${data[key]}\n\n`);
  const sizes = sortedKeys(binaryData).map((key) => `${key}: ${base64Bytes(binaryData[key] as string).length} bytes\n`);
  const text = `${metadataLines(map)}\nData\n====\n${texts.join('')}` + `\nBinaryData\n====\n${sizes.join('')}\n`;
  return withEventsOf(map, text, reader, clock);
};

/**
 * Prefers nodes that have the Pod's images already, the more so the larger they are and the more nodes have them (so
 * that not all Pods run after the one node that pulled first).
 * Follows plugins/imagelocality/image_locality.go.
 */
import { definePlugin, type Handle, MAX_NODE_SCORE, type PodInfo, type ReadyNodeInfo } from '../framework';
import { divide } from './normalize-score';

const MEBIBYTE = 1024 * 1024;
const MIN_THRESHOLD = 23 * MEBIBYTE;
const MAX_CONTAINER_THRESHOLD = 1000 * MEBIBYTE;

/** An image name with its tag spelled out. */
function normalizedImageName(name: string): string {
  return name.lastIndexOf(':') <= name.lastIndexOf('/') ? `${name}:latest` : name;
}

function imageNames(pod: PodInfo): string[] {
  const { containers, initContainers, volumes } = pod.spec;
  const names = [...(initContainers ?? []), ...containers].map((container) => container.image ?? '');
  for (const volume of volumes ?? []) {
    const reference = (volume as { image?: { reference?: string } }).image?.reference;
    if (reference) names.push(reference);
  }
  return names;
}

function sumOfImages(names: readonly string[], node: ReadyNodeInfo, handle: Handle): number {
  let sum = 0;
  for (const name of names) {
    const image = node.images.get(normalizedImageName(name));
    if (image) sum += Math.floor(image.sizeBytes * (image.nodes.size / handle.nodes.length));
  }
  return sum;
}

/** See the header. */
export const imageLocality = definePlugin({
  name: 'ImageLocality',
  score(pod, node, _state, handle) {
    if (node.images.size === 0) return 0;
    const { containers, initContainers } = pod.spec;
    const most = MAX_CONTAINER_THRESHOLD * (containers.length + (initContainers?.length ?? 0));
    const sum = Math.min(Math.max(sumOfImages(imageNames(pod), node, handle), MIN_THRESHOLD), most);
    return divide(MAX_NODE_SCORE * (sum - MIN_THRESHOLD), most - MIN_THRESHOLD);
  },
});

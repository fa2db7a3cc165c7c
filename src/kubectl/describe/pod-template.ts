/** A Pod template. */
import type { DescribePodTemplate } from '../command';

/** `Pod Template:` and its lines. */
export const describePodTemplate: DescribePodTemplate = () => 'Pod Template:\n';

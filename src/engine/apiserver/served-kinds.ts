/**
 * The kinds that are served at present: made anew when a CustomResourceDefinition has changed, or the metrics server came or went.
 * Follows the informers of apiextensions-apiserver/pkg/apiserver/customresource_handler.go, without their delay.
 */
import { type Discovery, discoveryOf, type MetricsPresence } from '../api/discovery';
import type { KubeObject } from '../api/meta';
import type { Store } from '../store/store';

const DEFINITIONS = 'CustomResourceDefinition';

/** See the header. */
export class ServedKinds {
  private discovery: Discovery | undefined;
  /** As of which change of them it was made. */
  private revision = 0;
  private metrics: MetricsPresence = 'none';

  constructor(
    private readonly store: Pick<Store<KubeObject>, 'list' | 'latestOf'>,
    private readonly presence: () => MetricsPresence,
  ) {}

  /** What is served now. */
  current(): Discovery {
    const revision = this.store.latestOf(DEFINITIONS);
    const metrics = this.presence();
    if (!this.discovery || revision !== this.revision || metrics !== this.metrics) {
      this.discovery = discoveryOf(this.store.list(DEFINITIONS), metrics);
      this.revision = revision;
      this.metrics = metrics;
    }
    return this.discovery;
  }
}

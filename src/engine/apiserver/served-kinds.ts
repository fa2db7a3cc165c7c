/**
 * The kinds that are served at present: made anew when a CustomResourceDefinition has changed.
 * Follows the informers of apiextensions-apiserver/pkg/apiserver/customresource_handler.go, without their delay.
 */
import { type Discovery, discoveryOf } from '../api/discovery';
import type { KubeObject } from '../api/meta';
import type { Store } from '../store/store';

const DEFINITIONS = 'CustomResourceDefinition';

/** See the header. */
export class ServedKinds {
  private discovery: Discovery | undefined;
  /** As of which change of them it was made. */
  private revision = 0;

  constructor(
    private readonly store: Pick<Store<KubeObject>, 'list' | 'latestOf'>,
    private readonly hasMetrics: boolean,
  ) {}

  /** What is served now. */
  current(): Discovery {
    const revision = this.store.latestOf(DEFINITIONS);
    if (!this.discovery || revision !== this.revision) {
      this.discovery = discoveryOf(this.store.list(DEFINITIONS), this.hasMetrics);
      this.revision = revision;
    }
    return this.discovery;
  }
}

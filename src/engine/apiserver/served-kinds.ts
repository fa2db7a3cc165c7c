/**
 * The kinds that are served at present: made anew when a CustomResourceDefinition has changed.
 * Follows the informers of apiextensions-apiserver/pkg/apiserver/customresource_handler.go, without their delay.
 */
import { type Discovery, discoveryOf } from '../api/discovery';
import type { KubeObject } from '../api/meta';
import type { Store } from '../store/store';

/** See the header. */
export class ServedKinds {
  private definitions: readonly KubeObject[] = [];
  private discovery: Discovery;

  constructor(
    private readonly store: Pick<Store<KubeObject>, 'list'>,
    private readonly hasMetrics: boolean,
  ) {
    this.discovery = discoveryOf([], hasMetrics);
  }

  /** What is served now. */
  current(): Discovery {
    const definitions = this.store.list('CustomResourceDefinition');
    const before = this.definitions;
    const isSame = definitions.length === before.length && definitions.every((each, index) => each === before[index]);
    if (!isSame) {
      this.definitions = definitions;
      this.discovery = discoveryOf(definitions, this.hasMetrics);
    }
    return this.discovery;
  }
}

/**
 * The API server: every request goes one way. Who asks (authentication.ts) → whether he may (authorization.ts) → the verb, in verbs/ and
 * subresources/: mutating admission → defaults → validation → validating admission → store → the answer, with warnings beside it. The
 * only writer of the store. What differs between kinds is in their definitions (api/kinds), what refuses or completes objects across kinds in admission/.
 * Follows apiserver/pkg/server/config.go (DefaultBuildHandlerChain) and apiserver/pkg/endpoints/installer.go.
 * Left out: audit, API priority and fairness.
 */

import type { Discovery } from '../api/discovery';
import type { KubeObject } from '../api/meta';
import { type Answer, type ApiRequest, type ObjectList, statusOf, type UserInfo, type Verb } from '../api/request';
import { notFound, StatusError } from '../api/status-error';
import { authenticate } from './authentication';
import { type Authorizer, authorize } from './authorization/authorizer';
import { ClusterAuthorizer } from './authorization/cluster-authorizer';
import { type ApiServerHost, type Exchange, methodNotAllowed, notFoundResource } from './exchange';
import { shownWithManagers, WriterNotes } from './managed-fields';
import { type Passed, passageOf } from './passage';
import { createReview } from './reviews';
import { ServedKinds } from './served-kinds';
import { createBinding } from './subresources/binding';
import { createEviction } from './subresources/eviction';
import { createAttach, createExec, createPortForward } from './subresources/exec';
import { getLog } from './subresources/log';
import { patchPodPart, updatePodPart } from './subresources/pod-parts';
import { getScale, patchScale, updateScale } from './subresources/scale';
import { createToken } from './subresources/token';
import { createObject } from './verbs/create';
import { deleteCollection, deleteNamed } from './verbs/delete';
import { patchObject, patchStatus } from './verbs/patch';
import { getObject, listObjects } from './verbs/read';
import { updateObject, updateStatus } from './verbs/update';

type Handler = (exchange: Exchange) => KubeObject | ObjectList;

/** What each path answers to, by subresource ('' for the object itself). */
const HANDLERS: Readonly<Record<string, Readonly<Partial<Record<Verb, Handler>>>>> = {
  '': {
    get: getObject,
    list: listObjects,
    create: createObject,
    update: updateObject,
    patch: patchObject,
    delete: deleteNamed,
    deletecollection: deleteCollection,
  },
  status: { get: getObject, update: updateStatus, patch: patchStatus },
  scale: { get: getScale, update: updateScale, patch: patchScale },
  resize: { get: getObject, update: updatePodPart, patch: patchPodPart },
  ephemeralcontainers: { get: getObject, update: updatePodPart, patch: patchPodPart },
  binding: { create: createBinding },
  token: { create: createToken },
  finalize: { update: updateObject },
  eviction: { create: createEviction },
  log: { get: getLog },
  exec: { create: createExec },
  attach: { create: createAttach },
  portforward: { create: createPortForward },
};

/** What is no resource: it is there for whoever may see it. */
function visit(authorizer: Authorizer, user: UserInfo, { verb, path }: ApiRequest): ObjectList {
  authorize(authorizer, { user, verb, path });
  return { apiVersion: '', kind: '', metadata: { resourceVersion: '' }, items: [] };
}

/** See the header. */
export class ApiServer {
  private readonly served: ServedKinds;
  private readonly authorizer: Authorizer;
  private readonly notes = new WriterNotes();

  constructor(readonly host: ApiServerHost) {
    this.served = new ServedKinds(host.store, () => host.metrics?.() ?? 'none');
    this.authorizer = new ClusterAuthorizer(host.store);
  }

  /** The kinds that are served at present. */
  discovery(): Discovery {
    return this.served.current();
  }

  /** Answers a request. Refusals are answers too; only broken assertions are thrown. */
  handle(request: ApiRequest): Answer {
    const warnings: string[] = [];
    const passed: Passed = {};
    try {
      const object = this.answer(request, warnings, passed);
      const passage = request.isTraced ? passageOf(request, passed) : undefined;
      return { code: request.verb === 'create' ? 201 : 200, object, warnings, passage };
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
      const passage = request.isTraced ? passageOf(request, passed, error) : undefined;
      return { code: error.code, status: statusOf(error), warnings, passage };
    }
  }

  private answer(request: ApiRequest, warnings: string[], passed: Passed): KubeObject | ObjectList {
    const { host, authorizer } = this;
    if (host.outage) throw new StatusError('ServiceUnavailable', 503, host.outage);
    const user = authenticate(request, authorizer);
    passed.user = user;
    const { group, version, resource, subresource = '', namespace, name, verb, options = {} } = request;
    if (request.path !== undefined) return visit(authorizer, user, request);
    const { fieldSelector } = options;
    // As upstream reads a path: what follows `namespaces/` is a namespace, also in the path of the Namespace itself.
    const place = group === '' && resource === 'namespaces' ? name : namespace;
    // Whoever may see one object may list it alone.
    const [, only] = /(?:^|,)metadata\.name==?([^,=!]+)(?:,|$)/.exec(fieldSelector ?? '') ?? [];
    const asked = { user, verb, group, resource, subresource, namespace: place, name: name || only, fieldSelector };
    passed.allowedBy = authorize(authorizer, asked);
    const info = this.served.current().findResource(group, version, resource);
    if (!info) throw notFoundResource();
    if (subresource && !info.subresources.some((each) => each === subresource)) {
      // Custom resources have no path of their own for each part.
      throw info.schema && name ? notFound(info.group, info.plural, name) : notFoundResource();
    }
    const handler = info.isReview ? createReview : HANDLERS[subresource]?.[verb];
    const isReadOnly = info.isMeasured && verb !== 'get' && verb !== 'list';
    if (!handler || isReadOnly) throw methodNotAllowed();
    const warn = (message: string) => {
      if (!warnings.includes(message)) warnings.push(message);
    };
    if (info.deprecation) warn(info.deprecation);
    const exchange: Exchange = {
      host,
      info,
      request,
      options,
      user,
      authorizer,
      discovery: () => this.discovery(),
      managing: { note: this.notes.of(request, info) },
      warn,
    };
    const answer = handler(exchange);
    const isShown = options.managedFields && !options.dryRun && !verb.startsWith('delete');
    return isShown ? shownWithManagers(exchange, answer) : answer;
  }
}

/**
 * One request over the cluster's network, and what became of it: the shapes that cross between who sends (traffic sources, programs in
 * containers, probes, port-forward) and the network (names, rules of the node's kube-proxy, machines). Plain data.
 */

/** Where a request comes from. */
export type RequestSource =
  | { readonly kind: 'outside' }
  /** `controller`: what sends is the Pod of this Ingress controller, named as its chart labels it. */
  | { readonly kind: 'node'; readonly node: string; readonly controller?: string }
  /** `node` is where it runs, if that is known: it need not be looked for then. */
  | { readonly kind: 'pod'; readonly uid: string; readonly node?: string };

/** What is asked for. */
export interface NetworkRequest {
  /** Virtual ms at which it is sent; may lie up to some seconds in the past of the network's present. */
  readonly atMs: number;
  readonly source: RequestSource;
  readonly scheme: 'http' | 'https' | 'tcp' | 'udp';
  /** A DNS name, an address or a node's name, as written. */
  readonly host: string;
  readonly port: number;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** Who gives up after that, where it is not the client that began it all. */
  readonly waiting?: string;
  /** Stands for the client's address and port: hashing schedulers and session affinity go by it. */
  readonly client: string;
  /** A number in [0, 1), for choices that are random. */
  readonly draw: number;
  /** What is sent: of programs that read and write the connection themselves. */
  readonly text?: string;
  /** How many programs have passed it on. */
  readonly hops?: number;
  /** The sender prints what is answered. */
  readonly wantsBody?: boolean;
  /** The connection that the client kept from an earlier request: no rule is asked again. Left aside when it was closed meanwhile. */
  readonly connection?: Connection;
  /** Whom an Ingress controller chose when it was sent first. */
  readonly relay?: Relay;
}

/** Whom an Ingress controller sent a request on to. */
export interface Relay {
  /** `namespace/name:port` of the Service. */
  readonly backend: string;
  /** The address that was tried first. */
  readonly endpoint: string;
}

/** A connection that a client and a container keep open. */
export interface Connection {
  readonly node: string;
  readonly podUid: string;
  readonly containerId: string;
  readonly port: number;
  /** The stations it goes by. */
  readonly path: readonly string[];
}

/** Why a request failed: the words of `-o requests`. Answers of 400 and above are `http-<status>`. */
export type RequestFailure =
  | 'refused'
  | 'reset'
  | 'timeout'
  | 'no-endpoints'
  | 'dns'
  | 'unreachable'
  | `http-${number}`;

/** What became of a request. */
export interface RequestOutcome {
  /** Undefined when it was answered with a status below 400 (or, for tcp, the connection was accepted). */
  readonly failure?: RequestFailure;
  /** The HTTP status, if anybody answered. */
  readonly status?: number;
  /** Virtual ms from sending to the answer or the failure. */
  readonly latencyMs: number;
  /** Where it was sent on, station by station, as people read it: `node-1:30001`, `Service shop/web (iptables)`, `Pod shop/web-x`. */
  readonly path: readonly string[];
  /** uid and container id of what answered, or would have. */
  readonly podUid?: string;
  readonly containerId?: string;
  /** One plain sentence: why it went as it did; empty for what went well. */
  readonly because: string;
  /** The step that led to the failure (the SIGTERM, the crash, the write of the rule), if one did. */
  readonly cause: number | null;
  /** Whom an Ingress controller asked in turn: sent again with this, the request tells what came of it meanwhile. */
  readonly relay?: Relay;
  /** What the client may send its next request over; left out when the other side closed it. */
  readonly connection?: Connection;
  /** What was answered, for programs that print it. */
  readonly body?: string;
  /** Where an answer sends whoever asks on to: a path, or a URL. */
  readonly location?: string;
  /** The server that answered, where it tells. */
  readonly server?: string;
  /** Headers that an answer has beside those of its server, or has not (''). */
  readonly headers?: Readonly<Record<string, string>>;
  /** Content-Range: what the body is a part of. */
  readonly range?: string;
}

/** The network as programs in containers have it: what engine/network gives them, and what it reads of the world to do so. */
import type { Pod } from '../api/types';
import type { Context } from '../client/component';
import type { Files } from './cri';
import type { Pace } from './shell/process-state';

/** The components that whoever sends requests must declare to read. */
export const NETWORK_READS: readonly string[] = ['machine', 'coredns', 'network-plugin', 'ingress-controller'];

/** What a lookup comes to. */
export type NameAnswer =
  | {
      readonly kind: 'found';
      readonly name: string;
      readonly aliases: readonly string[];
      readonly addresses: readonly string[];
    }
  | { readonly kind: 'nxdomain' | 'nodata'; readonly aliases: readonly string[] }
  /** No server answered. */
  | { readonly kind: 'silent' };

/** SRV records of a name, each with the addresses of its target. */
export interface ServiceRecords {
  readonly name: string;
  readonly records: readonly {
    readonly weight: number;
    readonly port: number;
    readonly target: string;
    readonly addresses: readonly string[];
  }[];
}

/** What a program asks of a host. */
export interface ProgramRequest {
  readonly scheme: 'http' | 'https' | 'tcp' | 'udp';
  /** An address: a program has looked the name up before. */
  readonly address: string;
  readonly port: number;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** What is sent over a plain connection. */
  readonly text?: string;
}

/** What becomes of it: the words and numbers of network/request.ts. */
export interface ProgramAnswer {
  readonly failure?: string;
  readonly status?: number;
  readonly latencyMs: number;
  readonly body?: string;
  readonly location?: string;
  readonly server?: string;
  /** Headers beside those of its server; '': it has none of that name. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What the body is a part of. */
  readonly range?: string;
}

/** How names are looked up. */
export interface ResolverFile {
  readonly servers: readonly string[];
  readonly searches: readonly string[];
  readonly ndots: number;
  readonly options: readonly string[];
}

/** See the header. */
export interface ShellNetwork {
  /** Its own address, and that of the way out. */
  readonly address: string;
  readonly gateway: string;
  /** The ports on which somebody in the same network listens. */
  listening(): readonly { readonly protocol: 'tcp' | 'udp'; readonly port: number }[];
  /** The DNS server that is asked. */
  readonly server: string;
  /** What resolv.conf says. */
  readonly resolver: ResolverFile;
  /** Looks up a name with hosts file and search path, or as it is. */
  lookUp(name: string, isWhole?: boolean): NameAnswer;
  /** The SRV records of a name, looked up as it is or with the search path; undefined when there are none. */
  services(name: string, isWhole: boolean): ServiceRecords | undefined;
  /** The name of an address, without its final dot. */
  nameOf(address: string): string | undefined;
  send(request: ProgramRequest): ProgramAnswer;
  /** The process that sends: one whose sleeps are longer than it asked for sends for those that it would have sent. */
  sender?: { pace: Pace };
  /** What it has written so far. */
  written?: { readonly files: Files };
  /** Whether an address answers an echo request. */
  echoes(address: string): boolean;
}

/** Makes the network of a Pod's programs, or without a Pod that of its node's own; the context is its machine's. */
export type NetworkOfPod = (context: Context, pod: Pod | undefined, node: string) => ShellNetwork;

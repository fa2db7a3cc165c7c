/** What is simplified and what is not there, as the headers of the files concerned say it: Controllers, Faults. */
import type { Limit } from '../limits';

/** Of the controllers. */
export const CONTROLLERS_LIMITS: readonly Limit[] = [
  {
    area: 'Controllers',
    kind: 'simplified',
    what: "The garbage collector's graph",
    detail:
      'Owners are looked up live and dependents in an index, so there are no virtual nodes, and the cache of absent owners is asked only where the kind of an owner has gone with it; what is collected is the same.',
  },
  {
    area: 'Controllers',
    kind: 'simplified',
    what: 'Orphaning',
    detail: 'All dependents of an owner are orphaned in one step.',
  },
  {
    area: 'Controllers',
    kind: 'simplified',
    what: 'Emptying a namespace',
    detail:
      'All objects of a terminating namespace that can go at that moment are deleted in one step; discovery of kinds never fails.',
  },
  {
    area: 'Controllers',
    kind: 'simulated',
    what: 'ServiceAccount tokens and the root certificate',
    detail:
      'Pods mount a token volume as they should, with placeholders in it, as in kube-root-ca.crt. A TokenRequest is answered with a token that says that it is simulated, and a Secret for a token filled with one, which is not removed when nobody uses it. Nothing is signed: a TokenReview goes by what a token says of itself, whatever its audiences, and by whether its ServiceAccount is still there. A program that asks the API server reads objects and lists as the roles of its ServiceAccount allow, /version, /api and health; parts of objects, watches, writes and the rest of discovery are forbidden it, whatever its roles.',
  },
  {
    area: 'Controllers',
    kind: 'simplified',
    what: 'Pod garbage collection',
    detail: 'Runs every 20 s as upstream, but each Pod it deletes is a step of its own.',
  },
  {
    area: 'Controllers',
    kind: 'simplified',
    what: 'DaemonSets and StatefulSets',
    detail:
      "Nodes are gone through by name and claims in the order of their templates, upstream in a random one. Pods count as a StatefulSet's only with a canonical ordinal (web-1, not web-01). A StatefulSet that is being deleted makes no further revision. Its maxUnavailable is dropped, since MaxUnavailableStatefulSet is off in 1.36.",
  },
  {
    area: 'Controllers',
    kind: 'simplified',
    what: 'Pods of a Job',
    detail:
      'What one sync of a Job makes, deletes and counts is one step. Workloads and PodGroups for Jobs, off by default in 1.36, are left out.',
  },
  {
    area: 'Controllers',
    kind: 'simplified',
    what: 'Time zones of CronJobs',
    detail:
      "Every name of the IANA database, with the rules that hold from now on: earlier years' other rules and Morocco's Ramadan are left out.",
  },
  {
    area: 'Controllers',
    kind: 'absent',
    what: 'Deprecated rollback annotation',
    detail:
      "deprecated.deployment.rollback.to is not acted on; kubectl rollout undo rolls back by itself, as today's kubectl does.",
  },
  {
    area: 'Controllers',
    kind: 'simplified',
    what: 'No conflicts with itself within one sync',
    detail:
      'Upstream goes on with stale copies after a write, is refused with 409 and retries a few ms later; here the sync goes on with what it wrote. Results are the same, there are fewer retries.',
  },
  {
    area: 'Controllers',
    kind: 'simplified',
    what: 'Progress deadline during its last second',
    detail:
      'Upstream looks again every few ms during the last second before the deadline; here the moment itself is awaited.',
  },
  {
    area: 'Controllers',
    kind: 'absent',
    what: 'podReplacementPolicy',
    detail:
      'The alpha field that waits for terminating Pods is not simulated; terminatingReplicas is reported (on by default since 1.35).',
  },
  {
    area: 'Controllers',
    kind: 'simulated',
    what: 'Slow start and bursts',
    detail:
      'At most 500 Pods at a time, in batches of 1, 2, 4 …; the Pods of a batch are made one after the other at the same virtual ms, one step each, where upstream makes them in parallel.',
  },
  {
    area: 'Controllers',
    kind: 'simplified',
    what: 'Ties between Pods to delete',
    detail:
      "Upstream's order is not total where ages fall into one power-of-two bucket; here a fixed sorting algorithm decides, so a run always picks the same Pods.",
  },
  {
    area: 'Controllers',
    kind: 'simplified',
    what: 'Neighbours on a node',
    detail:
      'Pods that count as related when choosing what to delete are those owned by ReplicaSets of the same Deployment; upstream also counts others that their selectors match.',
  },
  {
    area: 'Controllers',
    kind: 'simplified',
    what: 'Pods matched by several budgets',
    detail:
      'Upstream wakes one of the budgets, chosen at random; here all are woken. Evictions are refused as upstream does.',
  },
  {
    area: 'Controllers',
    kind: 'simplified',
    what: 'Scale of custom controllers',
    detail: 'Kinds that are not simulated count as unknown (no matches for kind).',
  },
  {
    area: 'Controllers',
    kind: 'simplified',
    what: 'Order of endpoints, slices and zones',
    detail:
      "Upstream's order is that of Go maps (random); here it is by name. What CPU the zones have is looked up when topology-mode: Auto asks for it.",
  },
  {
    area: 'Controllers',
    kind: 'simplified',
    what: 'Trigger time',
    detail:
      'The last-change-trigger-time annotation is the earliest change seen since the last sync; of several changes of one Pod in between upstream takes the last.',
  },
  {
    area: 'Controllers',
    kind: 'simplified',
    what: 'Order of watched changes',
    detail:
      'A component sees the changes of all kinds it watches in one order, that of their revisions; real informers run apart for each kind, so that a Pod may be seen before the Node it is bound to.',
  },
  {
    area: 'Controllers',
    kind: 'simplified',
    what: 'Lists after a broken watch',
    detail:
      'A component that was cut off, or whose API server was down, hears 10 ms after that of each object that changed meanwhile, of its last state only (Replaced, or Deleted with its final state unknown); of what did not change it hears nothing, where a real list hands all of it over again. Informers never resync (upstream every 12 to 24 hours).',
  },
  {
    area: 'Controllers',
    kind: 'simplified',
    what: 'Overall rate limit of work queues',
    detail:
      'Retries back off per object (5 ms doubled up to 1000 s); the limit of 10 retries per second over all objects is left out.',
  },
  {
    area: 'Controllers',
    kind: 'simplified',
    what: 'Node lifecycle',
    detail:
      "Nodes are tainted when their zone's rate allows it, not on a 100 ms tick; the labels for operating system and architecture, and node.kubernetes.io/exclude-disruption, are left out.",
  },
  {
    area: 'Faults',
    kind: 'simplified',
    what: 'etcd-slow',
    detail:
      "Each write, and each read that etcd must confirm, takes the fault's latency (1 s if it names none), up to 60 s, when the API server gives up; heartbeats of kubelets give up after 10 s. A worker sends its requests one after another, a controller has one worker, and a write can be read from the moment it is sent, though watchers hear of it when it is stored. That etcd itself gives up after 7 s is left out.",
  },
  {
    area: 'Faults',
    kind: 'simplified',
    what: 'Leader election',
    detail:
      'kube-controller-manager and kube-scheduler lose their Lease when they can not renew it for 10 s (etcd-slow of 5 s and more, or an API server that does not answer), end, are started again with the back-off of a kubelet, and lead once the old Lease has run out. So it is after component-down too, which is a crash: nobody lets go of the Lease. Each is the only candidate; renewals are steps only where the scenario names a flag of leader-elect of the process, otherwise the Lease says when it was taken. Kubelets and others that lead nothing go on.',
  },
  {
    area: 'Faults',
    kind: 'simplified',
    what: 'node-partition',
    detail: 'Events that a kubelet would write while it is cut off are lost; statuses are caught up with.',
  },
];

/** What is simplified and what is not there, as the headers of the files concerned say it: Scenario, API server, Network. */
import type { Limit } from '../limits';

/** Of the API server and its storage. */
export const API_SERVER_LIMITS: readonly Limit[] = [
  {
    area: 'Scenario',
    kind: 'simplified',
    what: 'Traffic',
    detail:
      'Requests of a second are worked out when it is over. Of more than 2,000 a second 1,000 are drawn, and each stands for its share. Clients know the names of Services and the hosts of Ingresses, follow no redirects, keep no cookies and look at no certificates: which Pod a client stays with, sessionAffinity says and its address (clients: how many there are; affinity: ClientIP is one). Ways, samples and counts are kept per second.',
  },
  {
    area: 'Scenario',
    kind: 'simulated',
    what: 'Lessons',
    detail:
      'What the run answers to a question after a task is worked out in the run in which that was done as it was done, or as its solution does it where that gives no answer that can be chosen. Whose a hand-in is can not be checked: it is what it says; nor can it be proven that a solution was looked up, only that acts are the same one by one. A goal is met at the first moment, after a step or at a whole second, at which it holds; nowhere in a run in which a status was written by hand.',
  },
  {
    area: 'Scenario',
    kind: 'simplified',
    what: 'Expectations',
    detail:
      'kubestep check holds a run against spec.expect: after every step, at every whole second and at the moments named. Conditions are CEL without static types; list without a namespace looks in all of them, get in default; logs shows the end of what a container printed.',
  },
  {
    area: 'Scenario',
    kind: 'simplified',
    what: 'Use of CPU and memory',
    detail:
      'What a program uses follows from its cpu, memory, disk and processes, or from what stress is told to use; CPU is throttled at the limits of its container and Pod, and shared by requests on a node that has too little, in one level of cgroups. That changes what is measured, not how long programs take. A container over its memory limit is killed at that moment, and so is one of a node whose memory is used up. perRequest counts the requests of sources in the last whole second, and of those that programs send the mean of ten seconds.',
  },
  {
    area: 'Scenario',
    kind: 'simulated',
    what: 'Metrics server',
    detail:
      'Answers for PodMetrics and NodeMetrics when a program says what it uses, when no programs are described, or when spec.components names metrics-server: the use at its last sample, every 5 s (metric-resolution), with a window of 10 s. A node uses what its Pods use, and what a fault lets run beside them. There is no adapter for custom and external metrics. When it is stopped (component-down) its APIService is unavailable from that moment on, and available again as soon as it has started.',
  },
  {
    area: 'Scenario',
    kind: 'simplified',
    what: 'Component settings',
    detail:
      'Flags that have an effect: node-monitor-grace-period, node-startup-grace-period, node-eviction-rate, secondary-node-eviction-rate, unhealthy-zone-threshold, large-cluster-size-threshold, terminated-pod-gc-threshold, endpointslice-updates-batch-period, max-endpoints-per-slice, horizontal-pod-autoscaler-sync-period, -downscale-stabilization, -tolerance, -cpu-initialization-period and -initial-readiness-delay; of the metrics server metric-resolution; of the kubelet serialize-image-pulls, allowed-unsafe-sysctls, eviction-hard, -soft, -soft-grace-period, -minimum-reclaim, -max-pod-grace-period and -pressure-transition-period, image-gc-high-threshold and -low-threshold, minimum-image-ttl-duration and shutdown-grace-period, -critical-pods and -by-pod-priority; of kube-proxy mode (iptables, ipvs, nftables), ipvs-scheduler and the min-sync-period of each mode; of network-plugin enforces-network-policy; of ingress-controller controller-class, ingress-class, watch-ingress-without-class, publish-status-address, publish-service and providers.kubernetescrd.allowcrossnamespace; cloud-controller-manager by being named; of these and the scheduler kube-api-qps and kube-api-burst. Others are accepted and said to have none.',
  },
  {
    area: 'API server',
    kind: 'simplified',
    what: "Waiting for a namespace's default ServiceAccount",
    detail: 'The real API server waits about a second for it to be made; here a Pod that uses it is let in at once.',
  },
  {
    area: 'API server',
    kind: 'simplified',
    what: 'Evictions after conflicts',
    detail: 'Requests are atomic here, so the eviction subresource never has to try again after a lost race.',
  },
  {
    area: 'API server',
    kind: 'simplified',
    what: 'API server flags of admission plugins',
    detail:
      'Plugins run with their defaults; default-not-ready-toleration-seconds and default-unreachable-toleration-seconds are always 300.',
  },
  {
    area: 'API server',
    kind: 'absent',
    what: 'Mountable-secrets enforcement',
    detail: 'The annotation kubernetes.io/enforce-mountable-secrets of ServiceAccounts has no effect.',
  },
  {
    area: 'API server',
    kind: 'simplified',
    what: 'Admission',
    detail:
      'Only built-in plugins for the simulated kinds run: NamespaceLifecycle, LimitRanger, ServiceAccount, NodeRestriction, TaintNodesByCondition, PodSecurity, Priority, DefaultTolerationSeconds, DefaultStorageClass, StorageObjectInUseProtection, PersistentVolumeClaimResize, RuntimeClass, DefaultIngressClass, PodTopologyLabels, PodResizeValidator, ValidatingAdmissionPolicy and ResourceQuota. Webhook configurations and APIServices are stored and checked, and whoever makes one is told that nothing is called and nothing served by it: nothing is refused either while the server behind failurePolicy Fail is not there, as a real cluster would; there is no MutatingAdmissionPolicy. NodeRestriction lets a Node come with any labels, as its scenario gives them, and one of the beginning lose the taint of new ones; what mirror Pods refer to, the rest of a claim whose status is written, tokens and certificates are not looked at. Of subresources policies are asked of status and scale only, names of API groups and versions in their rules are not looked at, what audit annotations say is kept nowhere, and a kind of parameters that is defined after its policy counts at once, where a real API server may take half a minute.',
  },
  {
    area: 'API server',
    kind: 'simplified',
    what: 'Quotas and limit ranges',
    detail:
      'Admission reads them live, where a real API server may lag by a moment; a new quota counts at once, as the documents of a text are applied in one moment; of several LimitRanges the first by name counts first; resources that a configuration of the API server limits without a quota, and ResourceClaims, are left out.',
  },
  {
    area: 'API server',
    kind: 'simplified',
    what: 'Server-side apply',
    detail:
      'Field managers are worked out from the past of an object. Fields that the server sets on creation are told by what they usually are; the limit of ten managers that update, and conflicts between managers in several versions of a kind, are left out.',
  },
  {
    area: 'API server',
    kind: 'simplified',
    what: 'Pod security standards',
    detail:
      'The enforce and warn labels are obeyed with the checks of 1.36; an older version that a label names leaves out only what is new since 1.34. Audit labels are validated but noted nowhere.',
  },
  {
    area: 'API server',
    kind: 'simplified',
    what: 'pod-template-hash values',
    detail:
      "The hash of a Pod template is computed over its JSON, not over Go's memory dump, so names of ReplicaSets and of a DaemonSet's revisions differ from a real cluster's; those of a StatefulSet's revisions don't. The same template always gives the same name.",
  },
  {
    area: 'API server',
    kind: 'simplified',
    what: 'Duplicate keys in JSON',
    detail:
      'An object that names a field twice is not reported as a duplicate field by the API server; duplicate keys in YAML are found when the text is parsed.',
  },
  {
    area: 'API server',
    kind: 'simplified',
    what: 'Precision of quantities and times',
    detail:
      'Quantities are exact for storing and comparing, but components calculate with numbers that are exact up to 2^53; MicroTime keeps milliseconds; bytes given as lists of numbers are refused.',
  },
  {
    area: 'API server',
    kind: 'simplified',
    what: 'Volumes of particular vendors',
    detail:
      'gcePersistentDisk, awsElasticBlockStore, rbd, cephfs and the like are checked for their required fields only; azureDisk and fc for more.',
  },
  {
    area: 'API server',
    kind: 'absent',
    what: 'Windows Pods',
    detail:
      'There are no nodes for them. What they may not ask for is refused; of windowsOptions only gmsaCredentialSpecName is checked, and host processes are not.',
  },
  {
    area: 'API server',
    kind: 'absent',
    what: 'Dynamic resource allocation',
    detail:
      'resourceClaims of Pods and their use by containers are checked; nothing makes claims or allocates devices, so a Pod that asks for one waits to be scheduled, without an Event.',
  },
  {
    area: 'API server',
    kind: 'simplified',
    what: 'Cluster IP range',
    detail:
      'One IPv4 range, 10.96.0.0/12, as in a single-stack cluster; node ports 30000-32767. IPv6 and dual-stack addresses are refused as such a cluster refuses them.',
  },
  {
    area: 'API server',
    kind: 'absent',
    what: 'Old seccomp annotations',
    detail: 'The annotations that came before the securityContext fields are not checked.',
  },
  {
    area: 'API server',
    kind: 'simplified',
    what: 'Privileged containers',
    detail: 'They are allowed, as in clusters made by the usual installers (--allow-privileged=true).',
  },
  {
    area: 'API server',
    kind: 'simplified',
    what: 'Requests',
    detail:
      'A request is atomic and takes no virtual time unless etcd is slow; a change reaches whoever watches it 10 ms after it is stored. Client-side rate limits hold only where kube-api-qps is set.',
  },
  {
    area: 'API server',
    kind: 'simplified',
    what: 'Authentication and authorization',
    detail:
      'Components and people are known by the users and groups that kubeadm gives them, or by whom they impersonate; whoever asks is believed. The node authorizer and the roles of RBAC then decide, as with --authorization-mode=Node,RBAC. Certificates are neither checked nor signed (CertificateSigningRequest is not there: name a user by `as:` or --as), and informers go on watching when their rights are taken away.',
  },
  {
    area: 'API server',
    kind: 'simplified',
    what: 'Events',
    detail:
      'They do not expire after an hour; of a series of Events that the scheduler tells only the second is counted; those written while the API server does not answer are lost. What a source remembers of its Events is bounded by objects, not by messages, and of more than ten similar ones the newest is forgotten.',
  },
  {
    area: 'API server',
    kind: 'simplified',
    what: 'A fresh control plane',
    detail:
      'At time 0 there are the four system namespaces with their default ServiceAccounts, the two priority classes of the system and the kubernetes Service, and the roles and bindings of RBAC and the APIServices, which stand before the first revision; no EndpointSlice of the API server, flow schemas or Pods of the control plane.',
  },
  {
    area: 'Network',
    kind: 'simplified',
    what: 'Load balancers of a cloud',
    detail:
      'With components: {cloud-controller-manager: {}} Services of type LoadBalancer get an address ten seconds after they ask for one; without, they stay pending as on bare machines.',
  },
  {
    area: 'Network',
    kind: 'simplified',
    what: 'kube-proxy and cluster DNS',
    detail:
      'One kube-proxy per node programs its rules (iptables, ipvs or nftables) after its own watch and its minimal sync period; programming takes no time; connections of UDP last for one datagram; ports of SCTP get their endpoints, rules and names, but nothing speaks it: no program, probe or source of requests. Cluster DNS answers under 10.96.0.10 beside the cluster: it has no Pods, Service or ConfigMap. A hop takes no time; for a second after its containers have ended the address of a Pod refuses, then nothing answers there; nothing outside the cluster is there to be reached.',
  },
  {
    area: 'Network',
    kind: 'simplified',
    what: 'Ingress controllers',
    detail:
      'ingress-nginx, NGINX Gateway Fabric and Traefik are simulated beside the cluster, without Pods (programs behind one see its requests come from the address of the first node): when spec.components names ingress-controller (controller-class, ingress-class, watch-ingress-without-class, publish-status-address, publish-service), or an IngressClass or GatewayClass names their controller. Of ingress-nginx the annotations for rewriting, redirects, timeouts, canaries, aliases, who may come in and basic authentication (any name and password will do) are obeyed, of others it is told that they have no effect; of the Gateway API HTTPRoutes are served, and what is served is accepted and programmed at once, without addresses and conflicts between listeners, and from whichever namespace; filters of single backends, headers of requests and a rewritten host change nothing, and who asks over TLS for a host that no listener and no route has is answered 404, not turned away in the handshake; of Traefik IngressRoute with TraefikService, redirectScheme and stripPrefix (of other Middlewares it is told). nginx draws endpoints and weighted backends at random, Traefik takes turns by weight.',
  },
  {
    area: 'Network',
    kind: 'simplified',
    what: 'NetworkPolicies',
    detail:
      'Obeyed when components say network-plugin: {enforces-network-policy: true}, at once and for new connections; else they are stored and checked, and their documents are said to have no effect. Clients outside have addresses of 203.0.113.0/24, one each, and no address is ever rewritten on its way. Cluster DNS counts as Pods labelled k8s-app: kube-dns in kube-system, an Ingress controller as a Pod with the labels of its chart in a namespace of its name, where the scenario has no Pod with them.',
  },
];

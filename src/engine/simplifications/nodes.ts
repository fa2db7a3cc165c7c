/** What is simplified and what is not there, as the headers of the files concerned say it: Scheduler, Kubelet. */
import type { Limit } from '../limits';

/** Of scheduler, kubelet, images and network. */
export const NODES_LIMITS: readonly Limit[] = [
  {
    area: 'Scheduler',
    kind: 'simplified',
    what: 'Scheduling speed',
    detail:
      "Every attempt takes 1 ms, and binding is a cycle of its own after it; the real scheduler's rate limit on API calls (50 per second) holds only when kube-api-qps is set.",
  },
  {
    area: 'Scheduler',
    kind: 'absent',
    what: 'Scheduler plugins for devices and groups',
    detail:
      'NodeDeclaredFeatures and GangScheduling do not run; of DynamicResources only the message for Pods without claims is there.',
  },
  {
    area: 'Scheduler',
    kind: 'absent',
    what: 'Scheduler configuration',
    detail:
      "There is one profile, default-scheduler, with upstream's default plugins, order, weights and arguments; extenders, addedAffinity, default constraints of your own and percentageOfNodesToScore can't be set.",
  },
  {
    area: 'Scheduler',
    kind: 'simplified',
    what: 'Order of nodes in a search',
    detail:
      'Zones take turns as in the real scheduler, but zones and nodes are ordered by name, not by when they joined. It matters only in ties and in clusters of 100 nodes or more.',
  },
  {
    area: 'Scheduler',
    kind: 'simplified',
    what: 'Ties between equal nodes',
    detail: "The winner is drawn from the scenario's seed; a real cluster draws anew each time.",
  },
  {
    area: 'Scheduler',
    kind: 'simplified',
    what: 'Preemption',
    detail:
      'Victims are deleted in the same step in which the node is nominated; the real scheduler does it right after, in the background.',
  },
  {
    area: 'Scheduler',
    kind: 'simplified',
    what: 'In-place resize and scheduling',
    detail:
      'A placed Pod counts with the requests of its spec from the moment of the resize; a real scheduler counts the larger of old and new until the kubelet has made it smaller, some ms later.',
  },
  {
    area: 'Scheduler',
    kind: 'simplified',
    what: 'Default spreading',
    detail: 'Only the owners that are simulated (ReplicaSets so far) and Services contribute selectors.',
  },
  {
    area: 'Scheduler',
    kind: 'simplified',
    what: 'Pods that change while they are being bound',
    detail:
      'Such a Pod counts with what it asks for now; the real scheduler goes on with what it was until the binding comes back.',
  },
  {
    area: 'Scheduler',
    kind: 'simplified',
    what: 'Evidence of attempts in large clusters',
    detail:
      "Of more than 100 nodes, 100 verdicts are kept per attempt, always with the chosen node's; the rest are counted.",
  },
  {
    area: 'Kubelet',
    kind: 'simplified',
    what: 'Runtime handlers',
    detail:
      'Every node has the handlers of a plain containerd, runc and none; a Pod whose RuntimeClass names another one gets FailedCreatePodSandBox.',
  },
  {
    area: 'Kubelet',
    kind: 'simulated',
    what: 'Life of Pods on a node',
    detail:
      'Sandbox and address, serialised image pulls, pull policies and back-off, init containers, sidecars, ephemeral containers, resizing in place, hooks, probes (http, tcp, exec, grpc), restart policies and rules of Pods and containers, CrashLoopBackOff, termination messages, grace period, SIGTERM and SIGKILL, active deadline, statuses, conditions and Events of 1.36.',
  },
  {
    area: 'Kubelet',
    kind: 'simplified',
    what: 'Container events are noticed at once',
    detail:
      'The real kubelet looks every second; here only what follows a failed start or a second exit waits that second. Waits of the Pod worker, which the real one stretches by up to half at random, are always a quarter longer.',
  },
  {
    area: 'Kubelet',
    kind: 'simplified',
    what: 'First probe of a new kubelet',
    detail:
      'The random first delay of probes within the first period of a freshly started kubelet is left out. What a probe is answered is found out as it is asked, and told when it comes, without a delay of the network.',
  },
  {
    area: 'Kubelet',
    kind: 'simplified',
    what: 'Servers and their ports',
    detail:
      'A server whose port another program in its network has says so and ends: nginx, Apache, Redis, MySQL, MariaDB, PostgreSQL, memcached and BusyBox in their own words, of Python the beginning and the end of its traceback, any other in the words of Go; all tries of nginx stand in its log at once. Where a program listens of which nothing is known is what its manifest declares, and that is kept from no other. A container has one server: of several that its script begins the one that is known best listens, and answers until the last has ended.',
  },
  {
    area: 'Kubelet',
    kind: 'simplified',
    what: 'Programs',
    detail:
      "What a container does comes from the scenario's programs, the built-in catalogue of images or a POSIX shell with its everyday utilities. Left out of the language: select, process substitution but for < <(…), braces in braces; of shells aliases and the limits that ulimit sets; of utilities: sed's w, functions of bc, what xargs -P runs at once (one by one here), the texts of usage (an option that a utility has not is refused by the everyday ones, and passed over by the rest), hard links (they are copies), vi, watch, dmesg, arp, traceroute, expand and unexpand (not found); files in a memory emptyDir are charged to the first running container that mounts it for writing; what xargs, find and awk run is to end at once where it is a shell; what dd and truncate write has a size, and is read as zeroes up to 64 KiB, else as nothing; /dev/urandom gives the same bytes within a second; curl and wget look at no certificates; with hostPID a program sees the processes of its own container alone, and /proc tells of none; the pause of a Pod that shares its processes takes no signals; nc -l takes connections in a container's own program, not in one that exec has begun, and what answers them is said beforehand; of a text that python, perl or node is given on its command line only what it prints as it stands there, its sleeps and its exit are carried out, of Python also conditions and plain assignments, and a file or module of theirs is a program that runs for ever, but for http.server of Python, which lists no directories; as the first process these heed no SIGTERM, unless the word stands in them or they are gunicorn, uvicorn or runserver; apt-get, apk and dnf bring the programs of a package after 3 s, without the network. The servers of the catalogue and http.server of Python log requests of programs, not of load and probes. Which programs an image holds is known of those of the catalogue and of the usual bases; in any other all utilities are taken to be there, and whatever its manifest names in commands, probes and hooks, unless the name itself says that it is missing; a program of which nothing is known runs for ever, but in init containers, and as a command of a Job, it ends well after a second at most. Clients of databases (redis-cli, psql, mysqladmin, mongosh) fail while nobody listens where they ask, look at no passwords and answer little more than a ping, but that Redis keeps what it is told; of scripts that a database is to be made with those of the shell are run, what SQL and JavaScript say is not carried out; other programs of images succeed and say nothing. None of them writes to the API, but those that make Secrets which other Pods of their manifests mount (kube-webhook-certgen, Argo CD, MetalLB, KEDA, Contour, Envoy Gateway): with placeholders, and where their account may; where it may not they go on all the same. Servers of the catalogue listen where arguments, environment and the files of their configuration say; of that of nginx hosts, paths, roots, what is returned and what is passed on are read, not rewrites, conditions and headers, and its directives are those of 1.29 in every version, but for ssl and http2; of Apache ProxyPass and of HAProxy backends by path, whichever host is asked for, and which of their directives and keywords there are, of modules and kinds of which all begin alike nothing but that; a proxy asks whom it passes a request on to, forgets at once who has failed, and only itself counts as asked; the files of configuration that images bring are shorter than the real ones; nginx serves / although its index.html is a directory; told to read its configuration again it makes its templates anew, and has the new one at once, without waiting for names or for a port that another has.",
  },
  {
    area: 'Kubelet',
    kind: 'simplified',
    what: 'WordPress and its database',
    detail:
      'The image asks its database (WORDPRESS_DB_HOST) before each page, and says 500 without. Nobody installs it, so that it sends people to its installation (302); accounts and tables are not looked at, and the entrypoint of old versions does not wait for the database.',
  },
  {
    area: 'Kubelet',
    kind: 'simplified',
    what: 'What a program may use up',
    detail:
      'The processes of a container run a thousand instructions at a time together and then pause for a second; sleeps under a millisecond cost instructions, and hundreds under 50 ms in a row grow up to a second. A process has 1 MB for variables; a container 60 processes, 2 MB and 1,000 files on disk.',
  },
  {
    area: 'Kubelet',
    kind: 'simplified',
    what: 'Images',
    detail:
      'An image that is there is found in 10 ms; sizes and digests are made up. A registry that wants credentials (pull: {credentials: HOST}) looks only for which host an image pull secret is, not for names and passwords, also for an image that another Pod has pulled. The image of an image volume is pulled before the first container that starts, and a failure holds back whichever that is; the volume shows those files that are known of the image. Without a program in the scenario an image is taken to be missing when its name or tag says so (nosuch, nonexistent and does-not-exist as words of it, not-found alone as the whole of a part), or when a version of an official image of the catalogue has three digits after its first dot. RabbitMQ, Consul, Elasticsearch and Grafana are known by their names and answer the paths on which they are asked for their health; whatever listens on port 2181 answers ruok as ZooKeeper does.',
  },
  {
    area: 'Kubelet',
    kind: 'simplified',
    what: 'Volumes',
    detail:
      'ConfigMap, Secret, downward API and projected volumes give their files at start and again with each sync of the Pod: when its spec, labels or annotations change, when a container is started again, and else every 75 s (the real ones are 60 to 90 s apart). emptyDir and hostPath are shared by those who mount them; who writes more to an emptyDir than its sizeLimit is evicted; tokens and certificates are placeholders. That a disk, an emptyDir in memory or a claim of a block device or CephFS is full is noticed by what dd writes; other claims have no end; an NFS server is there when its address is that of a Service or a Node, when a PersistentVolume names it, or when it is a name. A mount of a directory on a file, or of a file on a directory, is refused only over what is known of the image, and not below another mount. The directory that is made for a subPath which a filled volume lacks is seen by that container alone, until it is started again. What is mounted on /bin hides no programs of the image, on /etc not its accounts, and a container starts where that volume is only read and has no place for the hosts file of the Pod.',
  },
  {
    area: 'Kubelet',
    kind: 'simplified',
    what: 'Pressure of memory, disk and process ids',
    detail:
      "A container is killed at the moment when its memory limit, its Pod's or the node's memory is used up, as its program's use foretells; the kernel's caches, swap and memory QoS are left out, and the system beside Pods uses nothing unless a fault lets it. Node-pressure eviction, its conditions and image garbage collection follow the real kubelet, which looks every 10 s and every 5 min. Images, containers and volumes share one disk; what volumes hold is known at once, not once a minute. A machine has 32,768 process ids and an inode for each 16 KiB.",
  },
  {
    area: 'Faults',
    kind: 'simplified',
    what: 'memory-pressure, disk-pressure, pid-pressure',
    detail:
      'What runs beside Pods takes, at once, so much that nine tenths of the highest threshold are left, and gives it back when the fault heals. The real kubelet has no threshold for process ids by default; while pid-pressure lasts, one of 10 % holds unless eviction-hard names another.',
  },
  {
    area: 'Kubelet',
    kind: 'simplified',
    what: 'Node admission',
    detail:
      'Operating system, room for what the node counts, node affinity, host ports and NoExecute taints are checked; devices and topology are not, and no room is made for critical Pods. All capacity is allocatable.',
  },
  {
    area: 'Kubelet',
    kind: 'simplified',
    what: 'What a container sees of the cluster',
    detail:
      'Services by name and port, and the variables of Services; a ConfigMap, Secret or Service that a container refers to is looked up as it is at its start. Of the /etc/hosts of its node a Pod with hostNetwork sees localhost alone. A kubelet lets nobody in at its port 10250, whatever their roles.',
  },
  {
    area: 'Kubelet',
    kind: 'simplified',
    what: 'Users of images',
    detail:
      'Images run as root except a few of the catalogue and those of organisations that nobody knows, which matters for runAsNonRoot; programs have the user and groups that a security context names, own what they write, and in images of utilities write only into volumes, /tmp and what is theirs; into claims of block devices without fsGroup, and directories of the node, root alone writes until it gives them away. Modes of files keep nobody from reading; of capabilities nginx wants CHOWN, otherwise they and profiles have no effect, but a Localhost profile must be on the node.',
  },
  {
    area: 'Kubelet',
    kind: 'simplified',
    what: 'Programs that wait for a first act',
    detail:
      'A Vault that is not in dev mode is ready once vault operator init and unseal have been run in it, keeps nothing else, and begins sealed again. Others (cockroach init, the members of a Redis Cluster, Consul before it has a leader) are ready at once.',
  },
  {
    area: 'Kubelet',
    kind: 'simplified',
    what: 'RestartAllContainers',
    detail: 'All containers that run are stopped at once, not one after the other in reverse order.',
  },
  {
    area: 'Kubelet',
    kind: 'simplified',
    what: 'Node addresses',
    detail:
      "The kubelet of a scenario's node chooses its podCIDR (10.244.0.0/24 and on, wider for nodes with more than 254 Pods); the node IPAM controller gives the next ones to Nodes that people make. A deleted Node's block is not given again.",
  },
  {
    area: 'Kubelet',
    kind: 'simplified',
    what: 'Nodes at time 0',
    detail:
      'Nodes without joinsAt have been running before: they are Ready from the start and write no start-up Events. Later ones join NotReady and are Ready a second later.',
  },
  {
    area: 'Kubelet',
    kind: 'simplified',
    what: 'Shutdown of a node',
    detail:
      'The fault node-shutdown is what a person tells the machine: with shutdown-grace-period (and -critical-pods, or -by-pod-priority written 0=60,100000=10) its kubelet ends Pods group by group, then the machine is off until the fault is healed. A kubelet that is down when it strikes does not end anything, and the machine stays on.',
  },
  {
    area: 'Kubelet',
    kind: 'simplified',
    what: 'Static Pods',
    detail:
      "Manifests of a node's staticPods lie in /etc/kubernetes/manifests as JSON; a file that a Pod writes there must be JSON too, and is noticed with the next heartbeat, within 10 s. Pods from a URL are left out.",
  },
  {
    area: 'Kubelet',
    kind: 'simplified',
    what: 'A restarted kubelet',
    detail:
      'It asks its machine what runs, a few ms after its start; back-offs begin anew. A stop that it had asked for is finished by the runtime, and a container that was only created is made anew.',
  },
  {
    area: 'Kubelet',
    kind: 'absent',
    what: 'Device plugins',
    detail: 'Nothing stands in for them.',
  },
];

/**
 * Which directives Apache 2.4 knows: those of its core and of the modules that the image on Docker Hub loads by itself, and those of modules that its
 * configuration loads. Of most modules nothing but how their directives begin is looked at.
 */

const ALWAYS =
  '<AuthnProviderAlias <AuthzProviderAlias <Directory <DirectoryMatch <Else <ElseIf <Files <FilesMatch <If ' +
  '<IfDefine <IfDirective <IfFile <IfModule <IfSection <IfVersion <Limit <LimitExcept <Location <LocationMatch ' +
  '<RequireAll <RequireAny <RequireNone <VirtualHost AcceptFilter AcceptPathInfo AccessFileName AddAlt ' +
  'AddAltByEncoding AddAltByType AddCharset AddDefaultCharset AddDescription AddEncoding AddHandler AddIcon ' +
  'AddIconByEncoding AddIconByType AddInputFilter AddLanguage AddOutputFilter AddOutputFilterByType AddType Alias ' +
  'AliasMatch AliasPreservePath allow AllowEncodedSlashes AllowOverride AllowOverrideList AsyncRequestWorkerFactor ' +
  'AuthBasicAuthoritative AuthBasicFake AuthBasicProvider AuthBasicUseDigestAlgorithm AuthGroupFile AuthMerging ' +
  'AuthName AuthType AuthUserFile AuthzSendForbiddenOnFailure BrowserMatch BrowserMatchNoCase BufferedLogs ' +
  'CGIPassAuth CGIVar ChrootDir ContentDigest CoreDumpDirectory CustomLog DefaultIcon DefaultLanguage ' +
  'DefaultRuntimeDir DefaultType Define deny DirectoryCheckHandler DirectoryIndex DirectoryIndexRedirect ' +
  'DirectorySlash DocumentRoot EnableMMAP EnableSendfile Error ErrorDocument ErrorLog ErrorLogFormat ExtendedStatus ' +
  'FallbackResource FancyIndexing FileETag FilterChain FilterDeclare FilterProtocol FilterProvider FilterTrace ' +
  'FlushMaxPipelined FlushMaxThreshold ForceType GlobalLog GracefulShutdownTimeout Group Header HeaderName ' +
  'HostnameLookups HttpProtocolOptions Include IncludeOptional IndexHeadInsert IndexIgnore IndexIgnoreReset ' +
  'IndexOptions IndexOrderDefault IndexStyleSheet KeepAlive KeepAliveTimeout LimitInternalRecursion ' +
  'LimitRequestBody LimitRequestFields LimitRequestFieldsize LimitRequestLine LimitXMLRequestBody Listen ' +
  'ListenBacklog ListenCoresBucketsRatio ListenTCPDeferAccept LoadFile LoadModule LogFormat LogLevel MaxClients ' +
  'MaxConnectionsPerChild MaxKeepAliveRequests MaxMemFree MaxRangeOverlaps MaxRangeReversals MaxRanges ' +
  'MaxRequestsPerChild MaxRequestWorkers MaxSpareThreads MergeSlashes MergeTrailers MinSpareThreads ' +
  'ModMimeUsePathInfo MultiviewsMatch Mutex NameVirtualHost Options order PassEnv PidFile Port Protocol Protocols ' +
  'ProtocolsHonorOrder QualifyRedirectURL ReadBufferSize ReadmeName ReceiveBufferSize Redirect RedirectMatch ' +
  'RedirectPermanent RedirectRelative RedirectTemp RegexDefaultOptions RegisterHttpMethod RemoveCharset ' +
  'RemoveEncoding RemoveHandler RemoveInputFilter RemoveLanguage RemoveOutputFilter RemoveType RequestHeader ' +
  'RequestReadTimeout Require RLimitCPU RLimitMEM RLimitNPROC Satisfy ScoreBoardFile ScriptAlias ScriptAliasMatch ' +
  'SeeRequestTail SendBufferSize ServerAdmin ServerAlias ServerLimit ServerName ServerPath ServerRoot ' +
  'ServerSignature ServerTokens SetEnv SetEnvIf SetEnvIfExpr SetEnvIfNoCase SetHandler SetInputFilter ' +
  'SetOutputFilter StartServers StrictHostCheck Suexec ThreadLimit ThreadsPerChild ThreadStackSize Timeout ' +
  'TraceEnable TransferLog TypesConfig UnDefine UnsetEnv UseCanonicalName UseCanonicalPhysicalPort User ' +
  'WatchdogInterval';

/** The modules that bring them, as the image loads them. */
const LOADED =
  'access_compat alias auth_basic authn_core authn_file authz_core authz_groupfile authz_host authz_user autoindex dir env filter ' +
  'headers log_config mime reqtimeout setenvif so status unixd version watchdog';

/** Patterns for those of the others. */
const OF_MODULES: Readonly<Record<string, string>> = {
  actions: 'Action|Script',
  allowmethods: 'AllowMethods',
  brotli: 'Brotli\\w+',
  buffer: 'BufferSize',
  cgi: 'ScriptLog\\w*|CGIScriptTimeout',
  cgid: 'ScriptLog\\w*|ScriptSock|CGIDScriptTimeout',
  charset_lite: 'Charset\\w+',
  dbd: 'DBD\\w+',
  deflate: 'Deflate\\w+',
  echo: 'ProtocolEcho',
  expires: 'Expires(Active|ByType|Default)',
  file_cache: 'CacheFile|MMapFile',
  http2: 'H2\\w+',
  include: 'XBitHack|SSI\\w+',
  info: 'AddModuleInfo',
  ldap: 'LDAP\\w+',
  logio: 'LogIOTrackTTFB',
  lua: '<?Lua\\w+',
  macro: '<Macro|Use|UndefMacro|MacroIgnore\\w+',
  md: '<?MD\\w+',
  mime_magic: 'MimeMagicFile',
  mpm_prefork: 'M(in|ax)SpareServers',
  negotiation: 'CacheNegotiatedDocs|(Force)?LanguagePriority',
  remoteip: 'RemoteIP\\w+',
  request: 'KeptBodySize',
  rewrite: 'Rewrite(Engine|Options|Base|Cond|Rule|Map)',
  sed: '(In|Out)putSed',
  speling: 'Check(Spelling|CaseOnly|BasenameMatch)',
  ssl: 'SSL\\w+',
  substitute: 'Substitute\\w*',
  suexec: 'SuexecUserGroup',
  userdir: 'UserDir',
  usertrack: 'Cookie\\w+',
  vhost_alias: 'Virtual\\w+',
  xml2enc: 'xml2\\w+',
};

/** Those of modules whose names begin alike. */
const OF_FAMILIES: Readonly<Record<string, string>> = {
  auth: 'Auth\\w+|Anonymous\\w*',
  cache: 'Cache\\w+',
  dav: 'DAV\\w*',
  heart: 'Heartbeat\\w+',
  proxy: '<?Proxy\\w*|NoProxy|Balancer(Member|Growth|Persist|Inherit)|AllowCONNECT',
  session: 'Session\\w*',
};

/** Modules of Apache's own without a directive. */
const SILENT = /^(asis|data|lbmethod_\w+|mpm_\w+|ratelimit|slotmem_\w+|socache_\w+|unique_id)$/;

const isAny = (names: string, name: string): boolean => names.toLowerCase().split(' ').includes(name.toLowerCase());

/** Whether Apache knows a directive; of sections with the `<` before them. `modules`: what is loaded, as `ssl` for ssl_module. */
export function knowsDirective(name: string, modules: readonly string[]): boolean {
  if (isAny(ALWAYS, name)) return true;
  return modules.some((module) => {
    if (isAny(LOADED, module) || SILENT.test(module)) return false;
    const family = /^(auth|cache|dav|heart|proxy|session)/.exec(module)?.[0] ?? '';
    const own = Object.hasOwn(OF_MODULES, module) ? OF_MODULES[module] : OF_FAMILIES[family];
    // What a module brings that is not Apache's is not known.
    return own === undefined || new RegExp(`^(?:${own})$`, 'i').test(name);
  });
}

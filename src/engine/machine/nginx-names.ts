/** Which directives nginx knows, and where some may stand: those of the modules that are built into nginx 1.29 as Docker Hub has it. What a module brings that is loaded is not looked at. */

/** Those that the modules share which pass requests on, behind `proxy_`, `fastcgi_` and the like; not each has all. */
const OF_PASSING =
  'allow_upstream bind buffer buffer_size buffering buffers busy_buffers_size cache cache_background_update cache_bypass ' +
  'cache_convert_head cache_key cache_lock cache_lock_age cache_lock_timeout cache_max_range_offset cache_methods cache_min_uses ' +
  'cache_path cache_purge cache_revalidate cache_use_stale cache_valid catch_stderr connect_timeout cookie_domain cookie_flags ' +
  'cookie_path download_rate force_ranges gzip_flag half_close headers_hash_bucket_size headers_hash_max_size hide_header ' +
  'http_version ignore_client_abort ignore_headers index intercept_errors keep_conn limit_rate max_temp_file_size method ' +
  'modifier1 modifier2 next_upstream next_upstream_timeout next_upstream_tries no_cache param pass pass_error_message ' +
  'pass_header pass_request_body pass_request_headers pass_trailers protocol protocol_timeout read_timeout redirect ' +
  'request_buffering request_dynamic requests responses send_lowat send_timeout session_drop set_body set_header smtp_auth ' +
  'socket_keepalive split_path_info ssl ssl_alpn ssl_certificate ssl_certificate_cache ssl_certificate_key ssl_ciphers ' +
  'ssl_conf_command ssl_crl ssl_key_log ssl_name ssl_password_file ssl_protocols ssl_server_name ssl_session_reuse ' +
  'ssl_trusted_certificate ssl_verify ssl_verify_depth store store_access string temp_file_write_size temp_path timeout ' +
  'upload_rate';

const PLAIN =
  'absolute_redirect accept_mutex accept_mutex_delay access_log add_after_body add_before_body add_header add_header_inherit ' +
  'add_trailer add_trailer_inherit addition_types aio aio_write alias allow ancient_browser ancient_browser_value auth_basic ' +
  'auth_basic_user_file auth_delay auth_http auth_http_header auth_http_pass_client_cert auth_http_timeout auth_request ' +
  'auth_request_set autoindex autoindex_exact_size autoindex_format autoindex_localtime break charset charset_map charset_types ' +
  'chunked_transfer_encoding client_body_buffer_size client_body_in_file_only client_body_in_single_buffer ' +
  'client_body_temp_path client_body_timeout client_header_buffer_size client_header_timeout client_max_body_size ' +
  'connection_pool_size create_full_put_path daemon dav_access dav_methods debug_connection debug_points default_type deny ' +
  'directio directio_alignment disable_symlinks early_hints empty_gif env epoll_events error_log error_page etag events expires ' +
  'flv geo gunzip gunzip_buffers gzip gzip_buffers gzip_comp_level gzip_disable gzip_hash gzip_http_version gzip_min_length ' +
  'gzip_no_buffer gzip_proxied gzip_static gzip_types gzip_vary gzip_window hash http http2 http2_body_preread_size ' +
  'http2_chunk_size http2_idle_timeout http2_max_concurrent_pushes http2_max_concurrent_streams http2_max_field_size ' +
  'http2_max_header_size http2_max_requests http2_pool_size http2_push http2_push_preload http2_recv_buffer_size ' +
  'http2_recv_timeout http2_streams_index_size http3 http3_hq http3_max_concurrent_streams http3_stream_buffer_size if ' +
  'if_modified_since ignore_invalid_headers imap_auth imap_capabilities imap_client_buffer include index internal ip_hash ' +
  'keepalive keepalive_disable keepalive_min_timeout keepalive_requests keepalive_time keepalive_timeout ' +
  'large_client_header_buffers least_conn limit_conn limit_conn_dry_run limit_conn_log_level limit_conn_status limit_conn_zone ' +
  'limit_except limit_rate limit_rate_after limit_req limit_req_dry_run limit_req_log_level limit_req_status limit_req_zone ' +
  'lingering_close lingering_time lingering_timeout listen load_module location lock_file log_format log_not_found ' +
  'log_subrequest mail map map_hash_bucket_size map_hash_max_size master_process max_errors max_headers max_ranges ' +
  'merge_slashes min_delete_depth mirror mirror_request_body modern_browser modern_browser_value mp4 mp4_buffer_size ' +
  'mp4_limit_rate mp4_limit_rate_after mp4_max_buffer_size mp4_start_key_frame msie_padding msie_refresh multi_accept ' +
  'open_file_cache open_file_cache_errors open_file_cache_events open_file_cache_min_uses open_file_cache_valid ' +
  'open_log_file_cache output_buffers override_charset pass pcre_jit pid pop3_auth pop3_capabilities port_in_redirect ' +
  'post_action postpone_output preread_buffer_size preread_timeout protocol quic_active_connection_id_limit quic_bpf quic_gso ' +
  'quic_host_key quic_retry random random_index read_ahead real_ip_header real_ip_recursive recursive_error_pages ' +
  'referer_hash_bucket_size referer_hash_max_size request_pool_size reset_timedout_connection resolver resolver_timeout return ' +
  'rewrite rewrite_log root satisfy secure_link secure_link_md5 secure_link_secret send_lowat send_timeout sendfile ' +
  'sendfile_max_chunk server server_name server_name_in_redirect server_names_hash_bucket_size server_names_hash_max_size ' +
  'server_tokens set set_real_ip_from slice smtp_auth smtp_capabilities smtp_client_buffer smtp_greeting_delay source_charset ' +
  'split_clients ssi ssi_ignore_recycled_buffers ssi_last_modified ssi_min_file_chunk ssi_silent_errors ssi_types ' +
  'ssi_value_length ssl_alpn ssl_buffer_size ssl_certificate ssl_certificate_cache ssl_certificate_compression ' +
  'ssl_certificate_key ssl_ciphers ssl_client_certificate ssl_conf_command ssl_crl ssl_dhparam ssl_early_data ssl_ecdh_curve ' +
  'ssl_ech_file ssl_engine ssl_handshake_timeout ssl_key_log ssl_object_cache_inheritable ssl_ocsp ssl_ocsp_cache ' +
  'ssl_ocsp_responder ssl_password_file ssl_prefer_server_ciphers ssl_preread ssl_protocols ssl_reject_handshake ' +
  'ssl_session_cache ssl_session_ticket_key ssl_session_tickets ssl_session_timeout ssl_stapling ssl_stapling_file ' +
  'ssl_stapling_responder ssl_stapling_verify ssl_trusted_certificate ssl_verify_client ssl_verify_depth starttls sticky stream ' +
  'stub_status sub_filter sub_filter_last_modified sub_filter_once sub_filter_types subrequest_output_buffer_size tcp_nodelay ' +
  'tcp_nopush thread_pool timeout timer_resolution try_files types types_hash_bucket_size types_hash_max_size ' +
  'underscores_in_headers uninitialized_variable_warn upstream use user userid userid_domain userid_expires userid_flags ' +
  'userid_mark userid_name userid_p3p userid_path userid_service valid_referers variables_hash_bucket_size ' +
  'variables_hash_max_size worker_aio_requests worker_connections worker_cpu_affinity worker_priority worker_processes ' +
  'worker_rlimit_core worker_rlimit_nofile worker_shutdown_timeout working_directory xclient zone';

/** Blocks of which the lines are no directives. */
const FREE = /^(map|geo|types|split_clients|charset_map)$/;

/** Where some may stand, by the block around them; that of a file itself has no name. */
const PLACES: Readonly<Record<string, RegExp>> = {
  daemon: /^$/,
  events: /^$/,
  http: /^$/,
  listen: /^server$/,
  load_module: /^$/,
  location: /^(server|location)$/,
  mail: /^$/,
  master_process: /^$/,
  pid: /^$/,
  proxy_pass: /^(location|if|limit_except|server)$/,
  return: /^(server|location|if)$/,
  server: /^(http|stream|mail|upstream)$/,
  server_name: /^(server|mail)$/,
  stream: /^$/,
  try_files: /^(server|location)$/,
  upstream: /^(http|stream)$/,
  user: /^$/,
  worker_connections: /^events$/,
  worker_processes: /^$/,
};

const isNamedIn = (list: string, name: string): boolean => list.split(' ').includes(name);

/** Whether an image's nginx is older than 1.25.1, which took `ssl` away and brought `http2`. */
export function hasSslDirective(tag: string): boolean {
  const [, minor, patch] = /^1\.(\d+)(?:\.(\d+))?(?!\d)/.exec(tag) ?? [];
  return minor !== undefined && (Number(minor) < 25 || (Number(minor) === 25 && patch === '0'));
}

/** Why nginx does not take a directive where it stands; undefined when it does. */
export function misplaced(name: string, around: string, tag: string): string | undefined {
  if (FREE.test(around)) return undefined;
  if (/^(ssl|http2)$/.test(name) && hasSslDirective(tag)) {
    if (name === 'http2') return `unknown directive "${name}"`;
    return /^(http|mail|server)$/.test(around) ? undefined : `"${name}" directive is not allowed here`;
  }
  const [, shared] = /^(?:proxy|fastcgi|scgi|uwsgi|grpc|memcached)_(.*)$/.exec(name) ?? [];
  const isKnown = shared === undefined ? isNamedIn(PLAIN, name) : isNamedIn(OF_PASSING, shared);
  if (!isKnown && !isNamedIn('proxy', name)) return `unknown directive "${name}"`;
  const place = Object.hasOwn(PLACES, name) ? PLACES[name] : undefined;
  return place?.test(around) === false ? `"${name}" directive is not allowed here` : undefined;
}

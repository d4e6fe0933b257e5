package io.frontdesk.e2e.explain;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Makes configurations of all that decides about a request. Each server and each location has a log format of its own, on the line behind
 * its first, so that the access log tells which one answered. One seed, one text.
 */
final class RandomConfig {
    private static final List<String> PATHS = List.of("/", "/a", "/a/", "/a/b", "/a/b/", "/ab", "/img/", "/x/y",
            "/c.php",
            "/dir/", "/e404.html", "/v1/");
    private static final List<String> REGEXES = List.of("~ \\.html$", "~ ^/a/(.*)$", "~ \\.(gif|jpg)$", "~* \\.PHP$",
            "~ /(?<nm>[a-z]+)/b", "~ ^/(x|v1)/", "~* ^/IMG/([^.]+)");
    private static final List<String> NAMES = List.of("one.test", "*.w1.test", "mail.*", ".dot.test",
            "\"~^(?<sub>.+)\\.re\\.test$\"", "www.w1.test", "\"~^re2\"", "two.test", "\"\"");
    private static final List<String> VALUES = List.of("$uri", "$request_uri", "$host", "$m1", "$m2", "$v1-$v2", "$1",
            "$sub", "$nm", "$args", "$http_x_a", "lit", "$arg_k", "$request_method", "$scheme://$host$uri",
            "$document_root",
            "$is_args$args", "$proxy_add_x_forwarded_for", "$remote_addr", "\"\"", "$server_name:$server_port",
            "$request_filename", "$proxy_host", "$cookie_c", "$geo", "$status", "${m1}x$2", "$request_length",
            "$split", "$m3", "$invalid_referer", "$remote_user", "$https", "$ssl_server_name", "$realip_remote_addr",
            "$sent_http_x_out", "$proxy_port", "$content_length", "$content_type", "$query_string", "$document_uri",
            "$server_protocol", "$realpath_root", "$limit_rate", "$server_addr", "$hostname", "$nginx_version",
            "$secure_link", "$sent_http_content_type", "$request_body", "$request_completion", "$upstream_cache_status",
            "$upstream_cache_key");

    private final Random random;
    private final StringBuilder out = new StringBuilder();
    private final StringBuilder formats = new StringBuilder();
    private int tags;

    private RandomConfig(long seed) {
        random = new Random(seed);
    }

    /** The text for a seed; {@code {{origin}}} and {@code {{origin2}}} are to be filled in. */
    static String of(long seed) {
        return new RandomConfig(seed).write();
    }

    private String write() {
        httpLines();
        int servers = 1 + random.nextInt(4);
        Set<String> names = new HashSet<>();
        boolean[] defaults = new boolean[2];
        for (int i = 0; i < servers; i++) {
            server(i, names, defaults);
        }
        // names that values may use
        line(1, "server {");
        line(2, "access_log logs/access.log " + tag() + ";");
        line(2, "listen 127.0.0.1:{{port.b}};");
        line(2, "server_name \"~^(?<sub>zz)$\";");
        line(2, "location /warm { auth_basic off; proxy_pass http://lookup; }");
        line(2, "if ($uri ~ (?<nm>zz)) { return 404; }");
        line(1, "}");
        return "worker_processes 1;\nhttp {\n" + formats + out + "}\n";
    }

    private void httpLines() {
        line(1, "log_format S '$http_x_seq S $server_name';");
        line(1, "root {{prefix}}/www;");
        line(1, "resolver {{dns}} ipv6=off;");
        line(1, "ssl_certificate {{prefix}}/c.pem;");
        line(1, "ssl_certificate_key {{prefix}}/k.pem;");
        line(1, "limit_req_zone $arg_k zone=many:1m rate=100000r/s;");
        line(1, "limit_conn_zone $server_name zone=open:1m;");
        line(1, "upstream lookup { zone lookup 1m; server found.test:{{oport}} resolve; }");
        line(1, "map $v1$uri $m3 { volatile; default $v2; ~^s0/(?<rest>.*) \"v-$rest\"; ~if \"if\"; }");
        line(1, "upstream group { server {{origin}}; server {{origin2}} down; }");
        line(1, "upstream pair { "
                + pick(List.of("", "least_conn; ", "ip_hash; ", "hash $uri consistent; ", "random; "))
                + "server {{origin}} weight=2; server {{origin2}}; keepalive 4; }");
        line(1, "upstream spare { zone spare 64k; server {{origin}} max_fails=0; server {{origin2}} backup; }");
        line(1, "proxy_cache_path cache keys_zone=pages:1m;");
        line(1, "map $uri $m1 { default d; /a/b exact; ~^/a/(?<rest>.*)$ \"re-$rest\"; ~*php $http_x_a; }");
        line(1, "map $http_x_a $m2 { hostnames; default \"\"; *.w1.test wild; one 1; two /t$uri; }");
        line(1, "geo $geo { default far; 127.0.0.0/8 near; }");
        line(1, "split_clients $uri $split { 30% p; * q; }");
        fieldLines(1, 3);
        some(1, 4, "error_page 404 /e404.html;");
        some(1, 4, "expires 1h;");
        some(1, 6, "server_tokens off;");
        some(1, 6, "absolute_redirect off;");
        some(1, 6, "etag off;");
        some(1, 8, "set_real_ip_from 127.0.0.0/8; real_ip_header X-Real-IP;");
        some(1, 8, "auth_basic all; auth_basic_user_file {{prefix}}/users;");
        some(1, 5, "types { text/html html; image/gif gif; }");
        some(1, 6, "charset utf-8;");
        some(1, 6, "gzip on; gzip_min_length 0; gzip_types *; gzip_vary on;");
        some(1, 6, "server_name_in_redirect on;");
        some(1, 6, "port_in_redirect off;");
        some(1, 6, "underscores_in_headers on;");
        some(1, 6, "ignore_invalid_headers off;");
        some(1, 6, "client_max_body_size 50;");
    }

    private void server(int number, Set<String> names, boolean[] defaults) {
        line(1, "server {");
        line(2, "access_log logs/access.log " + tag() + ";");
        int port = random.nextInt(2);
        boolean isDefault = !defaults[port] && random.nextInt(3) == 0;
        defaults[port] |= isDefault;
        line(2, "listen 127.0.0.1:{{port" + (port == 0 ? "" : ".b") + "}}" + (isDefault ? " default_server;" : ";"));
        if (random.nextInt(4) == 0) {
            line(2, "listen 127.0.0.1:{{port" + (port == 1 ? "" : ".b") + "}};");
        }
        if (random.nextInt(3) == 0) {
            line(2, "listen 127.0.0.1:{{port.tls}} ssl;");
            some(2, 4, "ssl_verify_client optional; ssl_client_certificate {{prefix}}/c.pem;");
            some(2, 3, "error_page 497 " + pick(List.of("=301 https://$host$request_uri;", "=200 /a/b;", "@n1;")));
        }
        StringBuilder own = new StringBuilder("s" + number + ".test");
        for (int n = random.nextInt(4); n > 0; n--) {
            String name = pick(NAMES);
            if (names.add(name)) {
                own.append(' ').append(name);
            }
        }
        line(2, "server_name " + own + ";");
        line(2, "set $v1 s" + number + ";");
        fieldLines(2, 3);
        rewriteLines(2, 6, true);
        errorPage(2, 3);
        some(2, 6, "merge_slashes off;");
        some(2, 6, "recursive_error_pages on;");
        some(2, 6, "underscores_in_headers on;");
        some(2, 6, "ignore_invalid_headers off;");
        some(2, 8, "proxy_method PUT;");
        some(2, 8, "root {{prefix}}/www/dir;");
        some(2, 10, "try_files $uri /a/b;");
        some(2, 10, "deny 10.0.0.0/8; allow all;");
        access(2, 10);
        locations(2, "", 3 + random.nextInt(6), new HashSet<>());
        if (random.nextBoolean()) {
            line(2, "location = /auth {");
            line(3, "access_log logs/access.log " + tag() + ";");
            line(3, pick(
                    List.of("proxy_pass http://{{origin}}/check;", "return 204;", "return 401;", "return 302 /x;")));
            line(2, "}");
        }
        named("@n1");
        named("@n2");
        line(1, "}");
    }

    private void locations(int depth, String below, int count, Set<String> seen) {
        for (int i = 0; i < count; i++) {
            boolean regex = random.nextInt(3) == 0;
            String pattern;
            String path = "";
            if (regex) {
                pattern = pick(REGEXES);
            } else {
                path = pick(PATHS);
                if (!path.startsWith(below)) {
                    continue;
                }
                String kind = random.nextInt(5) == 0 ? "= " : random.nextInt(6) == 0 ? "^~ " : "";
                if (!seen.add((kind.equals("= ") ? "=" : "") + path)) {
                    continue;
                }
                pattern = kind + path;
            }
            location(depth, pattern, path, regex);
        }
    }

    private void location(int depth, String pattern, String path, boolean regex) {
        line(depth, "location " + pattern + " {");
        line(depth + 1, "access_log logs/access.log " + tag() + ";");
        body(depth + 1, regex, regex);
        if (depth == 2 && !pattern.startsWith("= ") && random.nextInt(3) == 0) {
            locations(depth + 1, regex ? "\0" : path, 2, new HashSet<>());
        }
        line(depth, "}");
    }

    private void named(String name) {
        line(2, "location " + name + " {");
        line(3, "access_log logs/access.log " + tag() + ";");
        body(3, true, false);
        line(2, "}");
    }

    private void body(int depth, boolean noUri, boolean regex) {
        fieldLines(depth, 3);
        rewriteLines(depth, 3, false);
        errorPage(depth, 5);
        some(depth, 9, "expires " + pick(List.of("-1", "max", "epoch", "off", "modified 2h", "10m")) + ";");
        some(depth, 10, "internal;");
        access(depth, 12);
        some(depth, 15, "limit_req zone=many burst=1000 nodelay;");
        some(depth, 15, "limit_conn open 1000;");
        some(depth, 10, "deny 127.0.0.1;");
        some(depth, 12, "allow 127.0.0.0/8; deny all;");
        some(depth, 12, "limit_except " + pick(List.of("GET POST { deny all; }", "GET { allow 127.0.0.1; deny all; }",
                "POST { auth_basic inner; auth_basic_user_file {{prefix}}/users; }",
                "PUT { proxy_pass http://{{origin}}; }")));
        some(depth, 10, "default_type text/x-own;");
        some(depth, 12, "charset " + pick(List.of("koi8-r", "off")) + ";");
        some(depth, 12, "gzip " + pick(List.of("on; gzip_types *; gzip_min_length 0", "off")) + ";");
        some(depth, 12, "client_max_body_size " + pick(List.of("0", "10")) + ";");
        some(depth, 15, "ssi on; ssi_types *;");
        some(depth, 15, "sub_filter a b; sub_filter_types *;");
        some(depth, 15, "server_name_in_redirect " + pick(List.of("on", "off")) + ";");
        some(depth, 15, "add_before_body " + pick(List.of("/a/b", "/x/y", "/auth")) + "; addition_types *;");
        some(depth, 15, "add_after_body " + pick(List.of("/a.html", "/v1/x")) + ";");
        some(depth, 12, "mirror " + pick(List.of("/auth", "/a/b", "off")) + ";");
        some(depth, 20, "post_action " + pick(List.of("/v1/x", "@n1")) + ";");
        some(depth, 10, "proxy_cache pages; proxy_cache_key $uri;"
                + pick(List.of("", " proxy_cache_convert_head off;", " proxy_cache_methods POST;",
                        " proxy_cache_min_uses 2000;",
                        " proxy_cache_max_range_offset 0;", " proxy_cache_bypass $arg_k;", " proxy_no_cache $m1;",
                        " proxy_cache_purge $http_x_a;")));
        some(depth, 15, "max_ranges 0;");
        some(depth, 12, "proxy_method " + pick(List.of("PUT", "$request_method", "get")) + ";");
        some(depth, 8,
                "try_files " + pick(List.of("$uri $uri/ @n1", "$uri =404", "/a.html /dir/ /a/b", "$uri$m2 @n2",
                        "$uri/ $uri.html /c.php?t=$uri&$args", "$v1 $uri @n2")) + ";");
        some(depth, 10, "proxy_set_body \"b $uri\";");
        some(depth, 12, "proxy_pass_request_headers off;");
        some(depth, 12, "proxy_pass_request_body off;");
        some(depth, 10, "proxy_http_version 1.0;");
        some(depth, 10, "proxy_hide_header X-Org;");
        switch (random.nextInt(8)) {
            case 0, 1, 2, 3 -> line(depth, "proxy_pass " + pass(noUri) + ";");
            case 4 -> returns(depth);
            case 5 -> {
                if (regex) {
                    some(depth, 2, "alias {{prefix}}/www/$1;");
                } else if (!noUri) {
                    some(depth, 2, "alias {{prefix}}/www/dir/;");
                }
            }
            default -> {
                some(depth, 4, "autoindex on;");
                some(depth, 4, "index none.html a.html index.html /a/b;");
            }
        }
    }

    private String pass(boolean noUri) {
        return noUri
                ? pick(List.of("http://{{origin}}", "http://group", "http://{{origin}}$request_uri", "http://$v3",
                        "http://lookup", "http://$v4", "http://pair", "http://spare", "http://PAIR$uri"))
                : pick(List.of("http://{{origin}}", "http://{{origin}}/", "http://{{origin}}/base",
                        "http://group/base/",
                        "http://group", "http://{{origin}}/x?y=1", "http://{{origin}}/p$uri", "http://$v3",
                        "http://$v3/q$is_args$args", "http://group$request_uri", "http://lookup/l/", "http://$v4/n$uri",
                        "http://{{origin}}?z=$arg_k", "http://pair/x/", "http://spare", "http://pair/$arg_k"));
    }

    private void returns(int depth) {
        line(depth,
                "return "
                        + pick(List.of("200 \"text $uri\"", "204", "301 /moved$uri", "302 http://$host/x?$args", "404",
                                "403", "200", "500 oops", "/bad", "307 $m1", "410 \"\"", "http://other.test/$1", "444"))
                                .replace("/bad", "308 https://s.test")
                        + ";");
    }

    private void fieldLines(int depth, int oneIn) {
        while (random.nextInt(oneIn) == 0) {
            line(depth, "proxy_set_header " + pick(List.of("Host", "X-A", "X-B", "Connection", "X-Real-IP", "Cookie"))
                    + " " + pick(VALUES) + ";");
        }
        while (random.nextInt(oneIn) == 0) {
            line(depth, "add_header " + pick(List.of("X-Out", "X-In", "Cache-Control", "X-Loc")) + " " + pick(VALUES)
                    + (random.nextBoolean() ? " always;" : ";"));
        }
        some(depth, 15, "add_header_inherit " + pick(List.of("merge", "off", "on")) + ";");
    }

    /** Who may come in. */
    private void access(int depth, int oneIn) {
        some(depth, oneIn, "auth_basic " + pick(List.of("realm", "\"$host x\"", "off"))
                + "; auth_basic_user_file {{prefix}}/users;");
        some(depth, oneIn, "satisfy " + pick(List.of("any", "all")) + ";");
        some(depth, oneIn, "auth_request " + pick(List.of("/auth", "/auth", "/a/b", "/none")) + ";"
                + " auth_request_set $v2 $upstream_status;");
        some(depth, oneIn, "valid_referers " + pick(List.of("none blocked *.w1.test", "server_names")) + ";");
    }

    private void errorPage(int depth, int oneIn) {
        some(depth, oneIn, "error_page " + pick(List.of("404 /e404.html", "404 403 = @n1", "404 =200 /a/b", "403 @n2",
                "500 410 =503 /e404.html", "404 =301 http://err.test/", "401 403 = @n1", "401 =200 /e404.html",
                "403 405 =418 @n2", "405 /e404.html?e=$status", "404 = /v1/x"))
                + ";");
    }

    private void rewriteLines(int depth, int oneIn, boolean inServer) {
        line(depth, "set $v2 " + (random.nextInt(3) == 0 ? pick(VALUES).replace("$proxy_host", "h") : "p") + ";");
        line(depth, "set $v3 {{origin}};");
        line(depth, "set $v4 other.test:{{oport}};");
        while (random.nextInt(oneIn) == 0) {
            switch (random.nextInt(4)) {
                case 0, 1 -> line(depth, rewrite());
                case 2 -> condition(depth, inServer);
                default -> line(depth, "set $v1 " + pick(VALUES).replace("$proxy_host", "h") + ";");
            }
        }
        some(depth, 15, "break;");
    }

    private String rewrite() {
        return "rewrite "
                + pick(List.of("^/a/(.*)$ /b/$1", "(.*)\\.html$ $1.php?from=$uri", "^/x/(.*) /a/$1?", "^ /v1$uri",
                        "/(?<nm>[a-z]+)/(.*) /$2/$nm", "^/img/ http://cdn.test/$m1", "^/c http://$host$uri?",
                        "^/v1/(.*)$ /$1?k=2", "^/ab(.*)$ /$sub$1", "^/dir/?$ /$m3/$remote_user?", "^/a/b$ /x/$sub/y"))
                + pick(List.of("", " last", " break", " redirect", " permanent", " last", " break")) + ";";
    }

    private void condition(int depth, boolean inServer) {
        line(depth,
                "if (" + pick(List.of("$arg_k", "$http_x_a = one", "$request_method !~ ^GET$", "-f $request_filename",
                        "!-d $document_root$uri", "$uri ~* ^/(A|X)/(.*)$", "$http_cookie ~ \"c=([^;]+)\"",
                        "$m2 != \"\"", "$m3 = if", "$invalid_referer", "$https", "$remote_user = joe",
                        "!-e $request_filename",
                        "$host ~ ^(?<sub>[a-z]+)\\.")) + ") {");
        switch (random.nextInt(5)) {
            case 0 -> returns(depth + 1);
            case 1 -> line(depth + 1, rewrite());
            case 2 -> {
                if (!inServer) {
                    line(depth + 1, "add_header X-If $1 always;");
                }
            }
            case 3 -> {
                if (!inServer) {
                    line(depth + 1, "proxy_pass http://{{origin}};");
                }
            }
            default -> line(depth + 1, "set $v1 if-$1;");
        }
        line(depth, "}");
    }

    /** A log format that nobody else has. */
    private String tag() {
        String tag = "L" + tags++;
        formats.append("    log_format ").append(tag).append(" '$http_x_seq ").append(tag).append(" $server_name';\n");
        return tag;
    }

    private void some(int depth, int oneIn, String text) {
        if (random.nextInt(oneIn) == 0) {
            line(depth, text);
        }
    }

    private void line(int depth, String text) {
        out.append("    ".repeat(depth)).append(text).append('\n');
    }

    private <T> T pick(List<T> from) {
        return new ArrayList<>(from).get(random.nextInt(from.size()));
    }
}

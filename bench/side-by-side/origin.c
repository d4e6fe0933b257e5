/*
 * An origin that costs its core as little as one can, for bench/versus --light-origin: with few clients and an nginx as
 * origin, it is the origin's core that has no time left, and what is measured of the proxy is how dear it is to sleep.
 *
 * origin PORT TEXT FOLDER: answers /128 with the text, any other path with the file of that name in the folder, as it
 * was when it was first asked for. Knows its one client: a proxy that sends a whole head at a time and asks for nothing
 * before it has its answer.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

enum { ANSWERS = 16, CONNECTIONS = 8192, EVENTS = 256, HEAD = 64 << 10 };

struct answer {
    char path[64];
    char *bytes;
    size_t length;
};

/* What is left to send, by descriptor. */
struct rest {
    const char *at;
    size_t length;
};

static struct answer answers[ANSWERS];
static struct rest rests[CONNECTIONS];
static const char *folder;

static void die(const char *what) {
    perror(what);
    exit(1);
}

static struct answer *make(const char *path, const char *body, size_t length) {
    for (int i = 0; i < ANSWERS; i++) {
        struct answer *a = &answers[i];
        if (a->bytes != NULL) {
            continue;
        }
        a->bytes = malloc(length + 256);
        if (a->bytes == NULL) {
            die("malloc");
        }
        snprintf(a->path, sizeof a->path, "%s", path);
        a->length = (size_t) sprintf(a->bytes,
                                     "HTTP/1.1 200 OK\r\nServer: origin\r\nDate: Mon, 30 Nov 2026 12:00:00 GMT\r\n"
                                     "Content-Type: text/plain\r\nContent-Length: %zu\r\nConnection: keep-alive\r\n\r\n",
                                     length);
        memcpy(a->bytes + a->length, body, length);
        a->length += length;
        return a;
    }
    fprintf(stderr, "too many paths\n");
    exit(1);
}

static struct answer *load(const char *path) {
    char name[512];
    snprintf(name, sizeof name, "%s%s", folder, path);
    FILE *file = fopen(name, "rb");
    if (file == NULL) {
        return make(path, "", 0);
    }
    fseek(file, 0, SEEK_END);
    size_t length = (size_t) ftell(file);
    rewind(file);
    char *body = malloc(length + 1);
    if (body == NULL || fread(body, 1, length, file) != length) {
        die(name);
    }
    fclose(file);
    struct answer *a = make(path, body, length);
    free(body);
    return a;
}

/* The answer to "GET PATH ...". */
static struct answer *find(const char *head) {
    char path[64];
    if (sscanf(head, "%*15s %63s", path) != 1) {
        die("request");
    }
    for (int i = 0; i < ANSWERS && answers[i].bytes != NULL; i++) {
        if (strcmp(answers[i].path, path) == 0) {
            return &answers[i];
        }
    }
    return load(path);
}

static void go_on(int socket) {
    struct rest *r = &rests[socket];
    while (r->length > 0) {
        ssize_t sent = send(socket, r->at, r->length, MSG_NOSIGNAL);
        if (sent < 0) {
            if (errno != EAGAIN) {
                /* The client is gone: no other event will tell of it. */
                r->length = 0;
                close(socket);
            }
            return;
        }
        r->at += sent;
        r->length -= (size_t) sent;
    }
}

int main(int count, char **words) {
    static char head[HEAD];
    if (count != 4) {
        fprintf(stderr, "usage: origin PORT TEXT FOLDER\n");
        return 2;
    }
    folder = words[3];
    make("/128", words[2], strlen(words[2]));
    int one = 1;
    int listening = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((unsigned short) atoi(words[1]))};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(listening, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(listening, (struct sockaddr *) &address, sizeof address) != 0 || listen(listening, 4096) != 0) {
        die("listen");
    }
    int events = epoll_create1(0);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = listening};
    epoll_ctl(events, EPOLL_CTL_ADD, listening, &event);
    for (;;) {
        struct epoll_event ready[EVENTS];
        int n = epoll_wait(events, ready, EVENTS, -1);
        for (int i = 0; i < n; i++) {
            int socket = ready[i].data.fd;
            if (socket == listening) {
                int client = accept4(listening, NULL, NULL, SOCK_NONBLOCK);
                if (client < 0) {
                    continue;
                }
                if (client >= CONNECTIONS) {
                    close(client);
                    continue;
                }
                rests[client].length = 0;
                setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
                event.events = EPOLLIN | EPOLLOUT | EPOLLET;
                event.data.fd = client;
                epoll_ctl(events, EPOLL_CTL_ADD, client, &event);
                continue;
            }
            if (rests[socket].length > 0) {
                go_on(socket);
                continue;
            }
            ssize_t got = recv(socket, head, HEAD - 1, 0);
            if (got > 0) {
                head[got] = 0;
                struct answer *a = find(head);
                rests[socket] = (struct rest) {a->bytes, a->length};
                go_on(socket);
            } else if (got == 0 || errno != EAGAIN) {
                close(socket);
            }
        }
    }
}

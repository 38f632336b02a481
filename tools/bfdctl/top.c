// SPDX-License-Identifier: GPL-2.0
/*
 * bfdctl top: the sessions over and over, the worst first; on a terminal in
 * place.
 */
#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "../lib/attr.h"
#include "../lib/error.h"
#include "../lib/screen.h"
#include "bfdctl.h"
#include "sample.h"

#define INTERVAL_DEFAULT	1000	/* ms */
#define INTERVAL_MIN		100
#define INTERVAL_MAX		86400000
#define GAP			2	/* between columns */
#define CELL_SIZE		64

enum column {
	COLUMN_STATE,
	COLUMN_PEER,
	COLUMN_DEV,
	COLUMN_ID,
	COLUMN_RX,
	COLUMN_TX,
	COLUMN_DETECT,
	COLUMN_MARGIN,
	COLUMN_NEAR,
	COLUMN_FLAPS,
	COLUMNS
};

static const char *const titles[COLUMNS] = {
	"STATE", "PEER", "DEV", "ID", "RX/s", "TX/s", "DETECT", "MARGIN", "NEAR", "FLAPS",
};

struct top {
	struct tool *tool;
	struct sample now;
	bool live;		/* on the screen */
	struct screen screen;
	uint32_t interval_ms;
	uint32_t count;		/* tables to print; 0: no end */
};

/* ------------------------------------------------------------------- printing */

static const char *number_text(uint64_t value, char cell[CELL_SIZE])
{
	snprintf(cell, CELL_SIZE, "%" PRIu64, value);
	return value == RATE_UNKNOWN ? "-" : cell;
}

static const char *duration_text(uint64_t us, char cell[CELL_SIZE])
{
	char text[TIME_TEXT_SIZE];

	snprintf(cell, CELL_SIZE, "%s", time_text(us, text));
	return cell;
}

static const char *cell_text(const struct row *row, struct nlattr **tb, enum column column,
			     char cell[CELL_SIZE])
{
	const char *name = get_string(tb[BFD_A_IFNAME]) ?: get_string(tb[BFD_A_VRF]);
	struct addr peer = get_addr(tb[BFD_A_PEER]);

	switch (column) {
	case COLUMN_STATE:
		return state_name(row->state);
	case COLUMN_PEER:
		return peer.len ? addr_text(peer.bytes, peer.len, cell) : "-";
	case COLUMN_DEV:
		return name ?: "-";
	case COLUMN_ID:
		return number_text(row->id, cell);
	case COLUMN_RX:
		return number_text(row->rx_rate, cell);
	case COLUMN_TX:
		return number_text(row->tx_rate, cell);
	case COLUMN_DETECT:
		return row->detection_us ? duration_text(row->detection_us, cell) : "-";
	case COLUMN_MARGIN:
		return row->margin_us != MARGIN_NONE ? duration_text(row->margin_us, cell) : "-";
	case COLUMN_NEAR:
		return number_text(row->near_misses, cell);
	case COLUMN_FLAPS:
		return number_text(row->flaps, cell);
	default:
		return "";
	}
}

static void find_widths(const struct sample *sample, int widths[COLUMNS])
{
	struct nlattr *tb[ATTRS];
	char cell[CELL_SIZE];
	int column, len;
	size_t i;

	for (column = 0; column < COLUMNS; column++)
		widths[column] = strlen(titles[column]);
	for (i = 0; i < sample->count; i++) {
		if (!message_parse(sample->worst[i]->msg, tb))
			continue;
		for (column = 0; column < COLUMNS; column++) {
			len = strlen(cell_text(sample->worst[i], tb, column, cell));
			if (len > widths[column])
				widths[column] = len;
		}
	}
}

/* Words are at the left of their columns, numbers at the right. */
static void print_cell(struct print *p, enum column column, int width, const char *text)
{
	print_width(p, column > COLUMN_DEV ? -width - (GAP - 1) : width + GAP - 1);
	print_str(p, NULL, "", text);
}

static void print_titles(struct print *p, const int widths[COLUMNS])
{
	int column;

	print_record(p);
	for (column = 0; column < COLUMNS; column++)
		print_cell(p, column, widths[column], titles[column]);
	print_record_end(p);
}

static void print_row(struct print *p, const struct row *row, struct nlattr **tb,
		      const int widths[COLUMNS])
{
	char cell[CELL_SIZE];
	int column;

	for (column = 0; column < COLUMNS; column++) {
		if (column == COLUMN_STATE)
			print_colour(p, state_colour(row->state));
		print_cell(p, column, widths[column], cell_text(row, tb, column, cell));
	}
}

static void print_rate(struct print *p, const char *key, const char *label, uint64_t value)
{
	char cell[CELL_SIZE + 2] = "-";

	if (value != RATE_UNKNOWN) {
		number_text(value, cell);
		strcat(cell, "/s");
	}
	if (p->json && value != RATE_UNKNOWN)
		print_u64(p, key, NULL, value);
	else
		print_str(p, key, label, p->json ? NULL : cell);
}

static void print_members(struct print *p, const struct row *row, struct nlattr **tb)
{
	print_session_key(p, tb);
	print_u64(p, "local-discriminator", NULL, row->id);
	print_state(p, "local-state", NULL, row->state);
	print_rate(p, "receive-rate", NULL, row->rx_rate);
	print_rate(p, "send-rate", NULL, row->tx_rate);
	print_time(p, "detection-time", NULL, row->detection_us);
	if (row->margin_us != MARGIN_NONE)
		print_time(p, "detection-margin-min", NULL, row->margin_us);
	else
		print_null(p, "detection-margin-min");
	print_u64(p, "near-miss-count", NULL, row->near_misses);
	print_u64(p, "down-count", NULL, row->flaps);
}

/* Of states only those that some session is in. */
static void print_head(struct print *p, const struct sample *sample)
{
	static const uint8_t order[] = {
		BFD_STATE_UP, BFD_STATE_INIT, BFD_STATE_DOWN, BFD_STATE_ADMIN_DOWN,
	};
	size_t i;

	print_record(p);
	print_u64(p, NULL, "sessions", sample->count);
	for (i = 0; i < sizeof(order) / sizeof(*order); i++) {
		if (!sample->states[order[i]])
			continue;
		print_colour(p, state_colour(order[i]));
		print_str(p, NULL, "", state_name(order[i]));
		print_u64(p, NULL, "", sample->states[order[i]]);
	}
	print_rate(p, NULL, "rx", sample->rx_rate);
	print_rate(p, NULL, "tx", sample->tx_rate);
	print_rate(p, NULL, "dropped", sample->drop_rate);
	print_record_end(p);
}

static void print_table(struct print *p, const struct sample *sample)
{
	struct nlattr *tb[ATTRS];
	int widths[COLUMNS];
	size_t i;

	print_list(p);
	find_widths(sample, widths);
	if (!p->json) {
		print_head(p, sample);
		print_titles(p, widths);
	}
	for (i = 0; i < sample->count; i++) {
		if (!message_parse(sample->worst[i]->msg, tb))
			continue;
		print_record(p);
		if (p->json)
			print_members(p, sample->worst[i], tb);
		else
			print_row(p, sample->worst[i], tb, widths);
		print_record_end(p);
	}
	print_list_end(p);
	fflush(p->out);
}

static void draw(const struct top *top)
{
	struct print p = top->tool->print;
	char *text;
	size_t size;

	p.out = open_memstream(&text, &size);
	if (!p.out)
		return;
	print_table(&p, &top->now);
	fclose(p.out);
	screen_draw(&top->screen, text);
	free(text);
}

/* -------------------------------------------------------------------- running */

/* What went wrong while the screen was taken; said when it is given back. */
static char held[512];

static void hold(bool is_error, const char *line)
{
	if (is_error)
		snprintf(held, sizeof(held), "%s", line);
}

static int refresh(struct top *top)
{
	struct sample next;
	int status = sample_take(top->tool, &next);

	if (status)
		return status;
	sample_compare(&next, &top->now);
	sample_free(&top->now);
	top->now = next;
	return STATUS_OK;
}

/* Takes a signal. False when it says to stop. */
static bool read_signal(const struct top *top, int fd)
{
	struct signalfd_siginfo info;

	if (read(fd, &info, sizeof(info)) != sizeof(info))
		return true;
	if (info.ssi_signo == SIGWINCH && top->live)
		draw(top);
	return info.ssi_signo == SIGWINCH || info.ssi_signo == SIGTSTP;
}

/* Takes a key. False when it says to stop, or nobody is there to press one. */
static bool read_key(const struct top *top)
{
	int key = screen_key(&top->screen);

	return key >= 0 && key != 'q' && key != 'Q' && key != '\004';
}

/* One more table. False when it was the last, or nobody reads it. */
static bool show(struct top *top, uint32_t *shown)
{
	if (top->live)
		draw(top);
	else
		print_table(&top->tool->print, &top->now);
	return !ferror(top->tool->print.out) && (!top->count || ++*shown < top->count);
}

static int watch(struct top *top, int signals, int timer)
{
	struct pollfd fds[] = {
		{ .fd = timer, .events = POLLIN },
		{ .fd = signals, .events = POLLIN },
		{ .fd = top->live ? top->screen.keys : -1, .events = POLLIN },
	};
	int status = refresh(top);
	uint32_t shown = 0;
	uint64_t ticks;

	if (!status && top->live)
		draw(top);
	while (!status) {
		if (poll(fds, 3, -1) < 0 && errno != EINTR)
			return error_refused("cannot wait: %s", strerror(errno));
		if (fds[1].revents && !read_signal(top, signals))
			break;
		if (fds[2].revents && !read_key(top))
			break;
		/* Moments that were missed are not made up for */
		if (!fds[0].revents || read(timer, &ticks, sizeof(ticks)) != sizeof(ticks))
			continue;
		status = refresh(top);
		if (!status && !show(top, &shown))
			break;
	}
	return status;
}

static int start_timer(uint32_t interval_ms)
{
	struct timespec interval = {
		.tv_sec = interval_ms / 1000,
		.tv_nsec = interval_ms % 1000 * 1000000L,
	};
	struct itimerspec spec = { .it_interval = interval, .it_value = interval };
	int fd = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);

	if (fd >= 0)
		timerfd_settime(fd, 0, &spec, NULL);
	return fd;
}

static int watch_screen(struct top *top, int signals, int timer)
{
	int status;

	if (!top->live)
		return watch(top, signals, timer);
	held[0] = '\0';
	screen_open(&top->screen, stdout);
	error_set_sink(hold);
	status = watch(top, signals, timer);
	error_set_sink(NULL);
	screen_close(&top->screen);
	if (*held)
		fprintf(stderr, "Error: %s.\n", held);
	return status;
}

static int run(struct top *top)
{
	sigset_t mask, old;
	int status, signals, timer;

	/* As for monitor: a signal is one more thing to read */
	sigemptyset(&mask);
	sigaddset(&mask, SIGINT);
	sigaddset(&mask, SIGTERM);
	sigaddset(&mask, SIGHUP);
	sigaddset(&mask, SIGTSTP);
	sigaddset(&mask, SIGWINCH);
	sigprocmask(SIG_BLOCK, &mask, &old);
	signals = signalfd(-1, &mask, SFD_CLOEXEC | SFD_NONBLOCK);
	timer = start_timer(top->interval_ms);
	if (signals < 0 || timer < 0)
		status = error_refused("cannot wait: %s", strerror(errno));
	else
		status = watch_screen(top, signals, timer);
	if (timer >= 0)
		close(timer);
	if (signals >= 0)
		close(signals);
	sigprocmask(SIG_SETMASK, &old, NULL);
	sample_free(&top->now);
	return status;
}

static int read_words(struct args *args, struct top *top)
{
	const char *word = args_peek(args);
	const char *value;
	int status;

	if (word && strcmp(word, "count")) {
		status = parse_time_ms("interval", args_next(args), false, INTERVAL_MIN,
				       INTERVAL_MAX, &top->interval_ms);
		if (status)
			return status;
		word = args_peek(args);
	}
	if (word && !strcmp(word, "count")) {
		args_next(args);
		status = args_value(args, "count", &value);
		if (!status)
			status = parse_u32("count", value, 1, UINT32_MAX, &top->count);
		if (status)
			return status;
	}
	return args_end(args);
}

int top_main(struct tool *tool, struct args *args)
{
	static const char usage[] =
		"Usage: bfdctl [ -j ] top [ INTERVAL ] [ count N ]\n"
		"\n"
		"INTERVAL := NUMBER[us|ms|s], ms if it has no unit\n"
		"\n"
		"Shows all sessions and their packets a second each INTERVAL (1s), the worst\n"
		"first: those that are not up, then those that least of the detection time was\n"
		"ever left to. On a terminal in place, until q or ^C; otherwise one table after\n"
		"the other. count ends it after N of them.\n";
	struct top top = { .tool = tool, .interval_ms = INTERVAL_DEFAULT };
	int status;

	if (command_helped(args, usage))
		return STATUS_OK;
	status = read_words(args, &top);
	if (status)
		return status;
	top.live = !tool->print.json && screen_is(tool->print.out);
	return run(&top);
}

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Words of a command line and the values they spell. Every parser names the
 * keyword in its error and returns an enum status.
 */
#ifndef TOOLS_LIB_ARGS_H
#define TOOLS_LIB_ARGS_H

#include <linux/if_ether.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A cursor over the words that are left. */
struct args {
	char **argv;
	int argc;
};

/* An IP address; len, 4 or 16, tells the family. 0: none. */
struct addr {
	union {
		uint8_t bytes[16];
		struct in6_addr in6;
	};
	uint8_t len;
};

/* Longest text of an address or a time, with its NUL. */
#define ADDR_TEXT_SIZE	INET6_ADDRSTRLEN
#define MAC_TEXT_SIZE	18
#define TIME_TEXT_SIZE	32

/* The next word, or NULL: peek leaves it, next takes it. */
const char *args_peek(const struct args *args);
const char *args_next(struct args *args);

/* Takes the word after @keyword; an error if there is none. */
int args_value(struct args *args, const char *keyword, const char **value);

/* An error if words are left. */
int args_end(const struct args *args);

/*
 * Finds @word, or the only entry that begins with it, in @count structs of
 * @stride bytes that start with their name. Returns its index or -1 after an
 * error that lists the candidates; @what says what they are.
 */
int args_match(const char *word, const char *what, const void *table, size_t count, size_t stride);

int parse_u32(const char *keyword, const char *text, uint32_t min, uint32_t max, uint32_t *value);
int parse_time_us(const char *keyword, const char *text, bool zero, uint32_t min, uint32_t max,
		  uint32_t *us);
int parse_time_ms(const char *keyword, const char *text, bool zero, uint32_t min, uint32_t max,
		  uint32_t *ms);

/* A station's address, in pairs with colons or hyphens or in fours with points. */
int parse_mac(const char *keyword, const char *text, uint8_t mac[ETH_ALEN]);
int parse_unicast(const char *keyword, const char *text, struct addr *addr);
int parse_ifname(const char *keyword, const char *text, char name[IFNAMSIZ]);

/* The index of @text in @words, a list that ends with NULL. */
int parse_choice(const char *keyword, const char *text, const char *const *words,
		 uint32_t *value);

bool addr_is_link_local(const struct addr *addr);
const char *addr_text(const uint8_t *bytes, size_t len, char text[ADDR_TEXT_SIZE]);
const char *mac_text(const uint8_t *bytes, size_t len, char text[MAC_TEXT_SIZE]);

/* The shortest exact spelling of a time, which is read back to the same. */
const char *time_text(uint64_t us, char text[TIME_TEXT_SIZE]);

#endif /* TOOLS_LIB_ARGS_H */

import "lru-cache";

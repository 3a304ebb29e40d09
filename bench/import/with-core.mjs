import "@secretsource/core";

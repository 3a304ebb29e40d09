require("@secretsource/core");

"""Who gets in where: every own route x method x actor, from one hand-kept matrix."""

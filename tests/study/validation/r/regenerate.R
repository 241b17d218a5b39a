# What R says about people.csv: `Rscript regenerate.R`, in this folder, writes expected.csv.
#
# R 4.2.2 with survival 3.5-3, riskRegression 2022.11.28, prodlim 2019.11.13, rms 6.5-0, pROC 1.18.0, pec 2022.05.04
# (Debian 12: r-cran-survival r-cran-riskregression r-cran-rms r-cran-proc r-cran-pec). The versions are written with the numbers.
# With the path of glow500.rda as an argument (`Rscript regenerate.R .../glow500.rda`) it also writes expected_glow.csv: sums
# and measures only, no row.

suppressPackageStartupMessages({library(survival); library(prodlim); library(riskRegression); library(rms); library(pROC)})

HORIZON <- 5
rows <- list()
keep <- function(name, value) rows[[length(rows) + 1]] <<- data.frame(name = name, value = sprintf("%.12g", value))

groups_of <- function(risk, k = 10) {
  cuts <- unique(quantile(risk, (1:(k - 1)) / k, type = 7))
  findInterval(risk, cuts, left.open = TRUE)
}

logistic <- function(risk, y, prefix) {
  bent <- qlogis(risk)
  shift <- glm(y ~ offset(bent), family = binomial, control = list(epsilon = 1e-14))
  line <- glm(y ~ bent, family = binomial, control = list(epsilon = 1e-14))
  keep(paste0(prefix, "intercept"), coef(shift)); keep(paste0(prefix, "intercept_error"), sqrt(vcov(shift)[1]))
  keep(paste0(prefix, "slope"), coef(line)[2]); keep(paste0(prefix, "slope_error"), sqrt(diag(vcov(line)))[2])
  keep(paste0(prefix, "slope_intercept"), coef(line)[1])
  knots <- quantile(bent, c(.05, .35, .65, .95))
  curve <- glm(y ~ rcspline.eval(bent, knots = knots, inclx = TRUE), family = binomial, control = list(epsilon = 1e-14))
  distance <- abs(fitted(curve) - risk)
  keep(paste0(prefix, "ici"), mean(distance))
  keep(paste0(prefix, "e50"), quantile(distance, .5, type = 1)); keep(paste0(prefix, "e90"), quantile(distance, .9, type = 1))
  for (place in c(.1, .5, .9)) {
    at <- as.numeric(quantile(bent, place))
    x <- rcspline.eval(c(at, bent), knots = knots, inclx = TRUE)[1, ]
    keep(paste0(prefix, "curve_at_", place), plogis(sum(coef(curve) * c(1, x))))
  }
}

binary <- function(risk, y, prefix) {
  area <- roc(y, risk, quiet = TRUE, direction = "<")
  keep(paste0(prefix, "auc"), as.numeric(auc(area))); keep(paste0(prefix, "auc_error"), sqrt(var(area)))
  logistic(risk, y, prefix)
  val <- val.prob(risk, y, pl = FALSE)
  keep(paste0(prefix, "brier"), val["Brier"]); keep(paste0(prefix, "brier_scaled"), 1 - val["Brier"] / (mean(y) * (1 - mean(y))))
  keep(paste0(prefix, "observed_expected"), mean(y) / mean(risk))
  g <- groups_of(risk)
  for (i in sort(unique(g))) {
    keep(paste0(prefix, "group_", i, "_people"), sum(g == i)); keep(paste0(prefix, "group_", i, "_expected"), mean(risk[g == i]))
    keep(paste0(prefix, "group_", i, "_observed"), mean(y[g == i]))
    wilson <- prop.test(sum(y[g == i]), sum(g == i), correct = FALSE)$conf.int
    keep(paste0(prefix, "group_", i, "_low"), wilson[1]); keep(paste0(prefix, "group_", i, "_high"), wilson[2])
  }
  for (t in c(.05, .1, .2)) {
    keep(paste0(prefix, "net_benefit_", t), mean(risk >= t & y == 1) - mean(risk >= t & y == 0) * t / (1 - t))
    keep(paste0(prefix, "treat_all_", t), mean(y) - (1 - mean(y)) * t / (1 - t))
  }
}

# Incidence at the horizon with its infinitesimal-jackknife interval, of the first cause.
incidence <- function(years, fate) {
  if (any(fate == 2)) {
    fit <- survfit(Surv(years, factor(fate, 0:2)) ~ 1, conf.type = "log-log", id = seq_along(years))
    s <- summary(fit, times = HORIZON, extend = TRUE)
    c(s$pstate[1, 2], s$std.err[1, 2])
  } else {
    fit <- survfit(Surv(years, fate == 1) ~ 1, robust = TRUE)
    s <- summary(fit, times = HORIZON, extend = TRUE)
    c(1 - s$surv, s$std.err)
  }
}

pseudo_values <- function(years, fate) {
  # pseudo() looks for the data where it was called from, and does not find those of a function.
  DATA <<- data.frame(years, fate, state = factor(fate, 0:2))
  if (any(fate == 2)) {
    pseudo(survfit(Surv(years, state) ~ 1, data = DATA), times = HORIZON, type = "pstate")[, 2]
  } else {
    1 - pseudo(survfit(Surv(years, fate == 1) ~ 1, data = DATA), times = HORIZON, type = "surv")
  }
}

# Scoring for pseudo-values: cloglog link, variance of a proportion, independence, sandwich. glm() refuses values outside 0 and 1.
solve_cloglog <- function(x, y, offset = 0) {
  beta <- rep(0, ncol(x)); if (ncol(x) > 1) beta[2] <- 1
  for (i in 1:200) {
    eta <- as.vector(x %*% beta) + offset
    mu <- 1 - exp(-exp(eta)); d <- exp(eta - exp(eta)); v <- mu * (1 - mu)
    step <- solve(t(x) %*% (x * d^2 / v), t(x) %*% (d / v * (y - mu)))
    beta <- beta + as.vector(step)
    if (max(abs(step)) < 1e-12) break
  }
  bread <- solve(t(x) %*% (x * d^2 / v)); u <- x * (d / v * (y - mu))
  list(beta = beta, error = sqrt(diag(bread %*% t(u) %*% u %*% bread)), fitted = mu)
}

over_time <- function(risk, years, fate, prefix) {
  fate <- ifelse(years > HORIZON, 0, fate); years <- pmin(years, HORIZON)
  seen <- incidence(years, fate)
  keep(paste0(prefix, "observed"), seen[1]); keep(paste0(prefix, "observed_error"), seen[2])
  keep(paste0(prefix, "observed_expected"), seen[1] / mean(risk))
  cause <- Surv(years, fate == 1)
  harrell <- concordance(cause ~ risk, reverse = TRUE)
  keep(paste0(prefix, "harrell"), harrell$concordance); keep(paste0(prefix, "harrell_error"), sqrt(harrell$var))
  keep(paste0(prefix, "uno"), concordance(cause ~ risk, timewt = "n/G2", reverse = TRUE)$concordance)
  bent <- log(-log(1 - risk))
  keep(paste0(prefix, "cox_slope"), coef(coxph(cause ~ bent, ties = "breslow")))
  if (any(fate == 2)) {
    # Wolbers: who died first is followed for ever.
    counted <- concordance(Surv(ifelse(fate == 2, HORIZON + 1, years), fate == 1) ~ risk, reverse = TRUE)$concordance
    keep(paste0(prefix, "harrell_death_counted"), counted)
  }
  y <- as.vector(pseudo_values(years, fate))
  keep(paste0(prefix, "pseudo_1"), y[1]); keep(paste0(prefix, "pseudo_100"), y[100])
  shift <- solve_cloglog(matrix(1, length(y)), y, bent); line <- solve_cloglog(cbind(1, bent), y)
  keep(paste0(prefix, "intercept"), shift$beta); keep(paste0(prefix, "intercept_error"), shift$error)
  keep(paste0(prefix, "slope_intercept"), line$beta[1]); keep(paste0(prefix, "slope"), line$beta[2])
  keep(paste0(prefix, "slope_error"), line$error[2])
  knots <- quantile(bent, c(.05, .35, .65, .95))
  curve <- solve_cloglog(cbind(1, rcspline.eval(bent, knots = knots, inclx = TRUE)), y)
  keep(paste0(prefix, "ici"), mean(abs(curve$fitted - risk)))
  g <- groups_of(risk)
  for (i in sort(unique(g))) keep(paste0(prefix, "group_", i, "_observed"), incidence(years[g == i], fate[g == i])[1])
  for (t in c(.05, .1, .2)) {
    above <- risk >= t; f <- incidence(years[above], fate[above])[1]
    keep(paste0(prefix, "net_benefit_", t), mean(above) * (f - (1 - f) * t / (1 - t)))
  }
}

# riskRegression takes who is censored exactly at the horizon for unknown, so that here nobody is cut off at it.
scored <- function(risk, years, fate, prefix) {
  d <- data.frame(years, fate)
  f <- if (any(fate == 2)) Hist(years, fate) ~ 1 else Surv(years, fate) ~ 1
  s <- Score(list(m = matrix(risk)), formula = f, data = d, times = HORIZON, cause = 1, metrics = c("auc", "brier"),
             cens.model = "km", conf.int = TRUE, se.fit = TRUE, summary = "ipa")
  keep(paste0(prefix, "auc"), s$AUC$score$AUC[1])
  keep(paste0(prefix, "auc_error"), s$AUC$score$se[1])
  keep(paste0(prefix, "brier_error"), s$Brier$score[model == "m"]$se)
  keep(paste0(prefix, "brier"), s$Brier$score[model == "m"]$Brier)
  keep(paste0(prefix, "brier_scaled"), s$Brier$score[model == "m"]$IPA)
}

# Concordance of Wolbers et al. (2014), which pec weighs with the chance of being followed just before, and at, the event.
wolbers <- function(risk, years, fate, prefix) {
  d <- data.frame(years, fate)
  found <- suppressMessages(pec::cindex(list(m = matrix(risk)), formula = Hist(years, fate) ~ 1, data = d, eval.times = HORIZON,
                                        pred.times = HORIZON, cause = 1, cens.model = "marginal", verbose = FALSE))
  keep(paste0(prefix, "pec_cindex"), unlist(found$AppCindex)[1])
}

people <- read.csv("people.csv"); risk <- people$risk_percent / 100
keep("R", 4.22); for (p in c("survival", "riskRegression", "rms", "pROC", "prodlim"))
  keep(p, as.numeric(gsub("^([0-9]+)[.-]([0-9]+).*", "\\1.\\2", packageVersion(p))))
binary(risk, people$fixed, "fixed.")
keep("points.auc", as.numeric(auc(roc(people$fixed, people$points, quiet = TRUE, direction = "<"))))
over_time(risk, people$years, people$fate, "death.")
alone <- ifelse(people$fate == 2, 0, people$fate)
over_time(risk, people$years, alone, "alone.")
scored(risk, people$years, people$fate, "death.")
scored(risk, people$years, alone, "alone.")
wolbers(risk, people$years, people$fate, "death.")
write.csv(do.call(rbind, rows), "expected.csv", row.names = FALSE, quote = FALSE)

# GLOW: FRACTURE Index without bone density in women from 65 on, and a made-up percentage (age less 50) for the arithmetic.
argument <- commandArgs(trailingOnly = TRUE)
if (length(argument) == 1) {
  rows <- list()
  load(argument)
  glow <- glow500; fracture <- as.integer(glow$fracture == "Yes")
  age_points <- pmin(5, pmax(0, floor((glow$age - 60) / 5)))
  points <- age_points + (glow$priorfrac == "Yes") + (glow$momfrac == "Yes") + (glow$weight <= 57) + (glow$smoke == "Yes") +
    2 * (glow$armassist == "Yes")
  old <- glow$age >= 65
  keep("points.people", sum(old)); keep("points.events", sum(fracture[old]))
  area <- roc(fracture[old], points[old], quiet = TRUE, direction = "<")
  keep("points.auc", as.numeric(auc(area))); keep("points.auc_error", sqrt(var(area)))
  binary((glow$age - 50) / 100, fracture, "age.")
  write.csv(do.call(rbind, rows), "expected_glow.csv", row.names = FALSE, quote = FALSE)
}

terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}

provider "aws" {
  region                      = "eu-central-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  skip_requesting_account_id  = true
}

variable "verification" {
  type      = string
  sensitive = true
  default   = "verification=very-secret"
}

# resource "aws_route53_record" "mx" in a comment is none
resource "aws_route53_zone" "main" {
  name = "example.com"
}

resource "aws_route53_zone" "other" {
  for_each = toset(["example.net", "example.org"])
  name     = each.key
}

resource "aws_route53_zone" "inside" {
  name = "example.internal"
  vpc {
    vpc_id = "vpc-0123456789abcdef0"
  }
}

resource "aws_eip" "mail" {
  domain = "vpc"
}

resource "aws_ses_domain_dkim" "main" {
  domain = "example.com"
}

resource "aws_lb" "web" {
  name               = "web"
  load_balancer_type = "application"
  subnets            = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
}

resource "aws_route53_record" "mx" {
  zone_id = aws_route53_zone.main.zone_id
  name    = "example.com"
  type    = "MX"
  ttl     = 3600
  records = ["10 mail.example.com", "20 mail2.example.com."]
}

resource "aws_route53_record" "mail" {
  zone_id = aws_route53_zone.main.zone_id
  name    = "mail"
  type    = "A"
  ttl     = 300
  records = [aws_eip.mail.public_ip]
}

/* resource "aws_route53_record" "apex" {
   in another comment */
resource "aws_route53_record" "apex" {
  zone_id = aws_route53_zone.main.zone_id
  name    = ""
  type    = "A"
  alias {
    name                   = aws_lb.web.dns_name
    zone_id                = aws_lb.web.zone_id
    evaluate_target_health = true
  }
}

resource "aws_route53_record" "www" {
  zone_id = aws_route53_zone.main.zone_id
  name    = "www.example.com."
  type    = "A"
  alias {
    name                   = "Web-1.eu-central-1.elb.amazonaws.com."
    zone_id                = "Z215JYRZR1TBD5"
    evaluate_target_health = false
  }
}

resource "aws_route53_record" "dkim" {
  count   = 3
  zone_id = aws_route53_zone.main.zone_id
  name    = "${aws_ses_domain_dkim.main.dkim_tokens[count.index]}._domainkey"
  type    = "CNAME"
  ttl     = 600
  records = ["${aws_ses_domain_dkim.main.dkim_tokens[count.index]}.dkim.amazonses.com"]
}

resource "aws_route53_record" "selector" {
  zone_id = aws_route53_zone.main.zone_id
  name    = "s1._domainkey"
  type    = "CNAME"
  ttl     = 600
  records = ["${aws_ses_domain_dkim.main.dkim_tokens[0]}.dkim.amazonses.com"]
}

resource "aws_route53_record" "key" {
  zone_id = aws_route53_zone.main.zone_id
  name    = "s2._domainkey"
  type    = "TXT"
  ttl     = 600
  records = ["v=DKIM1; k=rsa; p=MIIBIjAN\"\"BgkqhkiG \\073 \\\"x\\\""]
}

resource "aws_route53_record" "secret" {
  zone_id = aws_route53_zone.main.zone_id
  name    = "_token"
  type    = "TXT"
  ttl     = 600
  records = [var.verification]
}

resource "aws_route53_record" "weighted" {
  for_each       = { "a.b" = 10, "[c]" = 20 }
  zone_id        = aws_route53_zone.main.zone_id
  name           = "smtp"
  type           = "A"
  ttl            = 60
  set_identifier = each.key
  records        = ["192.0.2.${each.value}"]
  weighted_routing_policy {
    weight = each.value
  }
}

resource "aws_route53_record" "multivalue" {
  count                            = 2
  zone_id                          = aws_route53_zone.main.zone_id
  name                             = "relay"
  type                             = "A"
  ttl                              = 60
  set_identifier                   = "relay-${count.index}"
  records                          = ["192.0.2.${count.index + 1}"]
  multivalue_answer_routing_policy = true
}

resource "aws_route53_record" "wildcard" {
  zone_id = aws_route53_zone.main.zone_id
  name    = "*"
  type    = "CAA"
  ttl     = 60
  records = ["0 issue \"letsencrypt.org\""]
}

resource "aws_route53_record" "inside" {
  zone_id = aws_route53_zone.inside.zone_id
  name    = "mail"
  type    = "A"
  ttl     = 60
  records = ["10.0.0.25"]
}

module "mail" {
  source   = "./modules/mail"
  for_each = aws_route53_zone.other
  zone_id  = each.value.zone_id
  domain   = each.key
}

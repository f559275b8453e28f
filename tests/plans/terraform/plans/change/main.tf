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

resource "aws_route53_zone" "main" {
  name = "example.com"
}

# updated
resource "aws_route53_record" "mx" {
  zone_id = aws_route53_zone.main.zone_id
  name    = "example.com"
  type    = "MX"
  ttl     = 300
  records = ["10 mx.example.net"]
}

# as it was
resource "aws_route53_record" "spf" {
  zone_id = aws_route53_zone.main.zone_id
  name    = "example.com"
  type    = "TXT"
  ttl     = 300
  records = ["v=spf1 -all"]
}

# replaced: another name
resource "aws_route53_record" "mail" {
  zone_id = aws_route53_zone.main.zone_id
  name    = "smtp"
  type    = "A"
  ttl     = 300
  records = ["192.0.2.25"]
  lifecycle {
    create_before_destroy = true
  }
}

# updated: another type
resource "aws_route53_record" "host" {
  zone_id = aws_route53_zone.main.zone_id
  name    = "host"
  type    = "AAAA"
  ttl     = 300
  records = ["2001:db8::25"]
}

# moved, and nothing else
moved {
  from = aws_route53_record.old
  to   = aws_route53_record.new
}
resource "aws_route53_record" "new" {
  zone_id = aws_route53_zone.main.zone_id
  name    = "moved"
  type    = "A"
  ttl     = 300
  records = ["192.0.2.1"]
}

# one of two variants updated
resource "aws_route53_record" "geo" {
  for_each       = { eu = "192.0.2.5", us = "192.0.2.6" }
  zone_id        = aws_route53_zone.main.zone_id
  name           = "geo"
  type           = "A"
  ttl            = 60
  set_identifier = each.key
  records        = [each.value]
  latency_routing_policy {
    region = each.key == "eu" ? "eu-central-1" : "us-east-1"
  }
}

# no longer managed, and not deleted
removed {
  from = aws_route53_record.forgotten
  lifecycle {
    destroy = false
  }
}

# taken over from aws_route53_record.dmarc, which is deleted
resource "aws_route53_record" "policy" {
  zone_id = aws_route53_zone.main.zone_id
  name    = "_dmarc"
  type    = "TXT"
  ttl     = 300
  records = ["v=DMARC1; p=reject"]
}
